// The debugged program of the Go tests: every line with mark() prints its own number when it runs, on standard error,
// which neither target writes asynchronously.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"example.com/sample/shapes"
	"example.com/sample/worker"
)

var total int

//go:noinline
func mark() {
	_, _, line, _ := runtime.Caller(1)
	println("mark", line)
}

// callers prints the stack of its caller as the runtime sees it.
//
//go:noinline
func callers() {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	println("stack")
	for {
		frame, more := frames.Next()
		println("frame", frame.Function, frame.File, frame.Line)
		if !more {
			break
		}
	}
	println("end")
}

// everything prints the stacks of all goroutines as the runtime sees them.
func everything() {
	buffer := make([]byte, 1<<16)
	println("goroutines\n" + string(buffer[:runtime.Stack(buffer, true)]) + "\ndone")
}

func deep(n int) int {
	if n == 0 {
		callers()
		return 1
	}
	var pad [40]int
	pad[n%40] = n
	return deep(n-1) + pad[n%40] - n
}

func recovering() (result string) {
	defer func() {
		mark()
		result = fmt.Sprint("recovered ", recover())
		callers()
	}()
	var m map[string]int
	mark()
	m["x"] = 1
	return "never"
}

func iterate(yield func(int, string) bool) {
	for i, s := range []string{"a", "b", "c"} {
		if !yield(i, s) {
			return
		}
	}
}

// capture has closures that get strings, arrays and structs by value.
func capture(n int) func() string {
	label, numbers, square := "sum", [3]int{n, 2, 3}, shapes.Square{Side: n}
	return func() string { return fmt.Sprint(label, numbers[0]+numbers[2], square.Side, n) }
}

//go:noinline
func call(f func() string) string { return f() }

func main() {
	mark()
	println(call(capture(4)), parse(3))
	x := 3
	add := func(n int) int {
		mark()
		callers()
		return x + n
	}
	total += add(4)
	mark()
	jobs, results := make(chan int), make(chan string, 2)
	var group sync.WaitGroup
	for id := range 3 {
		group.Add(1)
		go func() {
			defer group.Done()
			for job := range jobs {
				mark()
				results <- worker.Do(id, job)
			}
			mark()
		}()
	}
	go func() {
		defer close(jobs)
		for job := range 7 {
			jobs <- job
			mark()
		}
	}()
	for range 7 {
		text := <-results
		mark()
		total += len(text)
	}
	group.Wait()
	mark()

	block := make(chan struct{})
	go func() { worker.Receive(block) }()
	go func() { time.Sleep(time.Hour) }()
	time.Sleep(time.Millisecond)
	total += deep(30)
	everything()
	close(block)
	mark()

	println(recovering())
	for i, s := range iterate {
		mark()
		total += i + len(s)
	}
	doubled := shapes.Map([]int{1, 2, 3}, func(n int) int { callers(); return 2 * n })
	names := shapes.Map([]string{"a", "b"}, strings.ToUpper)
	mark()
	var shape shapes.Shape = &shapes.Square{Side: 3}
	total += shape.Area() + len(doubled) + len(names)
	mark()
	if err := worker.Fail(2); errors.Is(err, worker.ErrWork) {
		mark()
		total++
	}
	defer func() {
		mark()
		callers()
		println("total", total)
	}()
}
