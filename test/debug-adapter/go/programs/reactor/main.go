// A reactor: its functions are called by the host, and one of them waits for a goroutine.
package main

import "time"

//go:wasmimport env note
func note(n int32)

//go:wasmexport twice
func twice(n int32) int32 {
	answers := make(chan int32)
	go func() {
		time.Sleep(time.Millisecond)
		answers <- 2 * n //@answer
	}()
	result := <-answers //@receive
	return result       //@return
}

//go:wasmexport noted
func noted(n int32) {
	note(n)
}

func main() {}
