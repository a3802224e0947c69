// A program that is never at rest, with a function to be called wherever it is stopped.
package main

import (
	"fmt"
	"sort"
	"strings"
)

type node struct {
	left, right *node
	value       int
}

func build(depth, value int) *node {
	if depth == 0 {
		return &node{value: value}
	}
	return &node{build(depth-1, 2*value), build(depth-1, 2*value+1), value}
}

func (n *node) sum() int {
	if n == nil {
		return 0
	}
	return n.value + n.left.sum() + n.right.sum()
}

var made [][]byte

func probe(n int) string {
	made = append(made, make([]byte, 1000))
	t := build(8, n)
	return fmt.Sprint("p", n, " ", t.sum())
}

func recovering(i int) (r int) {
	defer func() {
		if v := recover(); v != nil {
			r = i
		}
	}()
	if i%3 == 0 {
		panic(i)
	}
	return i
}

func round(i int) int {
	words := map[string]int{}
	for j := range 50 {
		words[strings.Repeat(string(rune('a'+j%26)), j%7)] += i + j
	}
	keys := make([]string, 0)
	for k := range words {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	c := make(chan int, 3)
	go func() {
		for j := range 20 {
			c <- j
		}
		close(c)
	}()
	total := 0
	for v := range c {
		total += v
	}
	for j, k := range keys {
		total += j * words[k]
	}
	return total + build(6, 1).sum() + recovering(i)
}

func main() {
	total := 0
	for i := range 20000 {
		total += round(i)
		if i%1000 == 999 {
			fmt.Println(i+1, total)
		}
	}
	fmt.Println("end", total)
	if total == 0 {
		fmt.Println(probe(1))
	}
}
