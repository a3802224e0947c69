// A program that keeps busy, in its own code and in the runtime, until it is ended.
package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

type node struct {
	left, right *node
	name        string
}

func grow(depth int) *node {
	if depth == 0 {
		return nil
	}
	return &node{grow(depth - 1), grow(depth - 1), fmt.Sprint(depth)}
}

func count(n *node) int {
	if n == nil {
		return 0
	}
	return 1 + count(n.left) + count(n.right) + len(n.name) - 1
}

func work(id int, results chan<- int) {
	words := map[string]int{}
	for round := range 40 {
		words[strings.Repeat("x", round+id)] += round
		if round%7 == 0 {
			time.Sleep(time.Microsecond)
		}
	}
	keys := make([]string, 0, len(words))
	for key := range words {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	results <- count(grow(9)) + len(keys)
}

func main() {
	println("busy")
	results := make(chan int)
	for {
		var group sync.WaitGroup
		for id := range 5 {
			group.Add(1)
			go func() {
				defer group.Done()
				work(id, results)
			}()
		}
		for range 5 {
			<-results
		}
		group.Wait()
	}
}
