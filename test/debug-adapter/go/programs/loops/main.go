// Bodies of loops over functions in places that are hard to look around from.
package main

import (
	"fmt"
	"iter"
)

// Functions below have variables of these names, which their loops do not use.
var hidden, outer = 7, 7

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func hides() {
	hidden := 1
	for i := range count(3) {
		fmt.Println(i) //@hides
	}
	_ = hidden
}

func nested() {
	outer := 2
	for i := range count(2) {
		hidden := i * 10
		for j := range count(2) {
			fmt.Println(j) //@nested
		}
		_ = hidden
	}
	_ = outer
}

func recursive(depth int) {
	local := depth * 2
	for i := range count(1) {
		if depth > 0 {
			recursive(depth - 1)
		} else {
			fmt.Println(i) //@recursive
		}
	}
	_ = local
}

// Calls the body on another goroutine than that of the loop.
func elsewhere(yield func(int) bool) {
	next, stop := iter.Pull(func(resume func(int) bool) {
		resume(0)
		yield(1)
	})
	defer stop()
	next()
	next()
}

func apart(captured string) {
	local := "local"
	for v := range elsewhere {
		fmt.Println(v, captured) //@elsewhere
	}
	_ = local
}

func waits(ready chan<- bool, done <-chan bool) {
	local := "waiting"
	for range count(1) {
		ready <- true
		<-done
	}
	ready <- true
	_ = local
}

func escapes(fails bool) (text string, err error) {
	for i := range count(2) {
		if fails {
			text, err = "result", fmt.Errorf("failed at %d", i)
			break
		}
	}
	fmt.Println(text) //@escapes
	return text, err
}

func main() {
	fmt.Println(hidden, outer)
	hides()
	nested()
	recursive(2)
	apart("captured")
	ready, done := make(chan bool), make(chan bool)
	go waits(ready, done)
	<-ready
	done <- true //@waits
	<-ready
	fmt.Println(escapes(true))
}
