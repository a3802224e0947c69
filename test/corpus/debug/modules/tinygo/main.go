// TinyGo fixture: strings, slices, maps, interfaces, structs, pointers, closures, named types, an intentional trap.
package main

import "os"

type Color uint8

const (
	Red Color = iota
	Green
	Blue
)

type Point struct {
	X, Y int
}

type Shape interface {
	Area() int
}

type Rect struct {
	Point
	W, H int
	name string
}

func (r *Rect) Area() int {
	area := r.W * r.H
	return area //@area
}

type Node struct {
	Val  int32
	Next *Node
}

var counter = 7

var greeting = "hello tinygo"

var primes = [4]int16{2, 3, 5, 7}

//go:noinline
func fact(n int) int {
	if n <= 1 {
		return 1 //@base
	}
	return n * fact(n-1)
}

//go:noinline
func sum(xs []int) int {
	total := 0
	for i := 0; i < len(xs); i++ {
		total += xs[i] //@loop
	}
	return total //@sum
}

//go:noinline
func describe(shape Shape, err error, any interface{}) string {
	if err != nil {
		return err.Error()
	}
	_ = any
	return "fine" //@describe
}

//go:noinline
func lists(xs []int, words []string, nothing []byte, text string) int {
	return len(xs) + len(words) + len(text) //@lists
}

//go:noinline
func objects(rect *Rect, list *Node, none *Node, ages map[string]int, noMap map[int]bool) int {
	return rect.W + len(ages) //@objects
}

//go:noinline
func dynamic(shape Shape, err error, number interface{}, word interface{}, third float64, big uint64, color Color) string {
	return word.(string) //@dynamic
}

var config = Rect{Point: Point{X: 1, Y: -2}, W: 9, name: "config"}

var grid = [2][3]uint8{{1, 2, 3}, {4, 5, 6}}

var names = []string{"ada", "grace"}

var ratio = complex(1.5, -2)

func main() {
	xs := []int{1, 2, 3, 5, 8}
	empty := []string{}
	var nothing []byte
	words := []string{"ada", "grace"}
	bytes := []byte("hi")
	ages := map[string]int{"amy": 39}
	var noMap map[int]bool
	rect := &Rect{Point: Point{X: 3, Y: -4}, W: 5, H: 6, name: "box"}
	var shape Shape = rect
	var none *Node
	list := &Node{Val: 10, Next: &Node{Val: 20}}
	color := Blue
	ok := true
	letter := 'ä'
	small := int8(-5)
	big := uint64(18364758544493064720)
	half := float32(0.5)
	third := 1.0 / 4
	var err error
	var any interface{} = 42
	add := func(by int) int {
		grown := by + counter
		return grown //@closure
	}
	f := fact(5)
	s := sum(xs)
	d := describe(shape, err, any)
	a := shape.Area()
	c := add(3)
	l := lists(xs, words, nothing, "hällo")
	o := objects(rect, list, none, ages, noMap)
	y := dynamic(shape, err, any, "dyn", third, big, color)
	counter += c
	println(f, s, d, a, c, l, o, y, counter, greeting, primes[3]) //@end
	println(len(empty), nothing == nil, words[1], string(bytes), grid[1][2], ages["amy"], noMap == nil, none == nil)
	println(list.Next.Val, color, ok, letter, small, big, half, third, real(ratio), config.W, names[0], rect.X)
	if len(os.Args) > 1 {
		println(xs[len(os.Args)+5]) //@index
	}
}
