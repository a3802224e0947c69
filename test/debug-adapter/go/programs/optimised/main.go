// What the compiler keeps in registers, and functions that it puts in place of their calls.
package main

import "os"

type box struct{ value, width int }

// A global with the name of variables.
var n = 1000

var marks int

//go:noinline
func mark() { marks++ }

//go:noinline
func kept(n int, text string, in box, list []int) int {
	sum := n + in.value
	mark() //@kept
	list[0] = sum
	return sum + len(text) + list[0]
}

//go:noinline
func changed(n int, text string, in box, by *box) (out int) {
	n = n*3 + len(text)
	text = text[1:]
	in.value = n
	by.value = n
	out = n
	mark() //@changed
	return out + len(text) + in.value
}

func scaled(n int, text string) int {
	more := n + len(text)
	mark() //@scaled
	return more * more
}

//go:noinline
func total(limit int, text string) int {
	sum := 0
	for i := range limit {
		sum += scaled(i, text)
	}
	return sum
}

func main() {
	many := len(os.Args)
	println(kept(many+6, "text", box{1, 2}, []int{many}))
	println(changed(many+6, "text", box{1, 2}, &box{3, 4}))
	println(total(many+1, "ab"), n)
}
