// Package pool has a worker that waits in every way that a goroutine can.
package pool

import "time"

// Double sends twice what it gets until there is no more.
func Double(in <-chan int, out chan<- int) {
	for n := range in { //@range
		time.Sleep(time.Millisecond) //@sleep
		twice := 2 * n               //@twice
		out <- twice                 //@send
	}
	close(out) //@close
}
