package main

import (
	"fmt"
	"runtime"
	"strings"
)

type Point struct{ X, Y int }

type Shape interface{ Sides() int }

type Square struct{ S int }

func (s Square) Sides() int { return s.S }

var global = 3

func main() {
	// What the compiler knows to be constant it does not read again.
	number := strings.Index("ab", "b")
	small, half := uint8(number+1), float64(number+2)
	text, same, constant := strings.Clone("short"), strings.Clone("there"), "constant"
	list, bytes, letters := []int{1, 2, 3}, []byte("bytes"), []byte("abc")
	point, other := Point{1, 2}, Point{8, 9}
	pointer := &point
	table := map[string]int{"one": 1}
	var anything interface{} = 42
	var shape Shape = Square{4}
	number2 := 5
	target := &number2
	_ = shape.Sides() //@set
	runtime.GC()
	fmt.Println(number, small, half)
	fmt.Printf("%q %q %q\n", text, same, constant)
	fmt.Println(list, string(bytes), string(letters))
	fmt.Println(point, *pointer, table, anything, global, *target)
	_ = other
	// What was added to the memory is none of the collector's concern.
	garbage := [][]byte{}
	for range 100 {
		garbage = append(garbage, make([]byte, 1<<20))
	}
	runtime.GC()
	if len(garbage) != 100 || text == "" || len(bytes) == 0 {
		fmt.Println("lost")
	}
}
