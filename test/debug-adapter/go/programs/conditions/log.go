package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

type shade uint8

const (
	dark shade = iota
	light
)

// printing prints a line of its own for every line that a log point writes.
func printing(turns int) {
	for i := range turns {
		name := fmt.Sprintf("turn \"%d\"", i)
		tone := shade(i % 3)
		half := float64(i) / 2
		odd := i%2 == 1
		small := int8(-i)
		list := []int{i, i * i}
		fmt.Fprintln(os.Stdout, "print", i, name, tone, half, odd, small, list) //@log
	}
}

// working has three goroutines take turns.
func working() {
	var group sync.WaitGroup
	for range 3 {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := range 4 {
				var held any = i
				runtime.KeepAlive(held) //@work
				runtime.Gosched()
			}
		}()
	}
	group.Wait()
}
