// Ends in the way that its argument names.
package main

import (
	"errors"
	"fmt"
	"os"
)

type point struct{ x int }

func main() {
	defer fmt.Println("deferred")
	switch os.Args[1] {
	case "text":
		panic("boom") //@text
	case "number":
		panic(42)
	case "error":
		panic(errors.New("an error"))
	case "nil":
		var p *point
		fmt.Println(p.x) //@nil
	case "index":
		a := []int{1}
		fmt.Println(a[len(os.Args)])
	case "divide":
		fmt.Println(1 / (len(os.Args) - 2))
	case "recovered":
		recovered()
	case "deadlock":
		c := make(chan int)
		go func() { c <- <-c }()
		<-make(chan int) //@deadlock
	case "deep":
		fmt.Println("depth", depth(50_000))
	case "overflow":
		fmt.Println(endless(1))
	}
}

func depth(n int) int {
	if n == 0 {
		return 0
	}
	return depth(n-1) + 1
}

func endless(n int) int {
	return endless(n+1) + n //@overflow
}

func recovered() {
	defer func() { fmt.Println("recovered", recover()) }()
	panic("not seen")
}
