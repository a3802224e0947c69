// A program that computes until it is ended.
package main

import "fmt"

func main() {
	fmt.Println("busy")
	words := map[string]int{}
	for i := 0; ; i++ {
		count(words, i)
	}
}

func count(words map[string]int, i int) {
	for n := range 20 {
		words[fmt.Sprint(i%1000, n)]++
	}
}
