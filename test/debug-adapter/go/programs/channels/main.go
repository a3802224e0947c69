// Goroutines that hand over to each other on nearly every line.
package main

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"example.com/channels/pool"
)

func main() {
	in, out := make(chan int), make(chan int) //@start
	go pool.Double(in, out)
	go func() { in <- 1; in <- 2; close(in) }() //@feed
	first := <-out                              //@receive
	second := <-out                             //@receive2
	_, open := <-out                            //@closed
	fmt.Println(first, second, open)            //@print
	var group sync.WaitGroup
	var lock sync.Mutex
	total := 0
	for i := range 3 {
		group.Add(1)
		go func() {
			defer group.Done()
			lock.Lock()
			total += i //@worker
			lock.Unlock()
		}()
	}
	group.Wait()                //@wait
	fmt.Println("total", total) //@total
	err := recovered(0)         //@recovered
	fmt.Println(err)            //@error
	os.Exit(3)                  //@exit
}

func recovered(n int) (err error) {
	defer func() {
		if r := recover(); r != nil { //@defer
			err = errors.New(fmt.Sprint("recovered: ", r))
		}
	}()
	return fmt.Errorf("no panic: %d", 1/n) //@panic
}
