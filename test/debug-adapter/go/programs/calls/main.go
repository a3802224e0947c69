// Functions for calls that go wrong, and a program that finds out whether a call has broken anything.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

type tree struct {
	left, right *tree
	text        string
}

var log []string

func note(text string) int {
	log = append(log, strings.Repeat(text, 2))
	return len(log)
}

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{text: fmt.Sprint("leaf ", depth)}
	}
	return &tree{grow(depth - 1), grow(depth - 1), fmt.Sprint("node ", depth)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.count() + t.right.count()
}

func exits() int { note("exits"); os.Exit(7); return 1 }
func fills() int {
	for range 64 {
		room = append(room, make([]byte, 1<<20))
	}
	os.Exit(7)
	return len(room)
}

var room [][]byte

func leaves() int { note("leaves"); runtime.Goexit(); return 1 }
func endless() int {
	note("endless")
	for n := 0; ; n++ {
		log[0] = "x"
	}
}
func overflows(n int) int {
	note("overflows")
	return overflows(n+1) + 1
}
func deadlocks() int {
	note("deadlocks")
	var never chan int
	return <-never
}
func sleeps() string  { note("sleeps"); time.Sleep(5 * time.Millisecond); return "woke" }
func collects() int   { note("collects"); runtime.GC(); return 1 }
func panics() int     { note("panics"); panic(fmt.Errorf("bad %d", 3)) }
func escapes(at *int) { kept = at }

var kept *int

//go:noinline
func work(n int, parent *tree) int {
	own := grow(n)
	numbers := []int{1, 2, 3}
	var local int
	pointer := &local
	local = n
	fmt.Fprintln(os.Stderr, "stop") //@calls
	runtime.GC()
	*pointer += own.count() + parent.count() + len(numbers)
	return local
}

func main() {
	var group sync.WaitGroup
	root := grow(6)
	results := make(chan int, 8)
	for n := range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			for round := range 3 {
				results <- work(n+round, root)
			}
		}()
	}
	go func() {
		group.Wait()
		close(results)
	}()
	sum := 0
	for result := range results {
		sum += result
		runtime.GC()
	}
	fmt.Println(sum, len(log), root.count())
	if len(os.Args) > 5 {
		fmt.Println(exits(), fills(), leaves(), endless(), overflows(1), deadlocks(), sleeps(), collects(), panics())
		escapes(&sum)
	}
}
