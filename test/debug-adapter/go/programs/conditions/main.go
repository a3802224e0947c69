// Conditions on one line, and how often each of them is true there by the program's own reckoning: truth(condition) is both.
package main

import "fmt"

type level int

const (
	low level = iota
	middle
	high
)

type base struct{ depth int }

type item struct {
	base
	*inner
	name   string
	level  level
	small  int8
	byte   uint8
	wide   uint64
	weight float64
	narrow float32
	list   []int
	grid   [2][3]int16
	next   *item
	any    any
	ready  bool
	queue  chan int
}

type inner struct{ mark int }

var turns int
var names = []string{"ada", "bob", "cyd"}

type counts struct {
	at    int
	truth [64]int
}

func (c *counts) is(condition bool) {
	if condition {
		c.truth[c.at]++
	}
	c.at++
}

func visit(i int, it *item, c *counts) {
	held := *it
	escaped := i * 2
	where := &escaped
	var none *item
	text := names[i%3]
	c.at = 0
	c.is(i == 7)
	c.is(i%10 == 3 && turns > 50)
	c.is(i*3-1 > 200 || i < 5)
	c.is(-i/3 == -11)
	c.is(i&4 != 0)
	c.is(i&^3 == 8)
	c.is(^i < -90)
	c.is(i<<2^3 == 135)
	c.is(it.depth == i)
	c.is(it.base.depth >= 98)
	c.is(held.mark == 4)
	c.is(it.name == "item 9")
	c.is(text == "bob")
	c.is(text < "bob")
	c.is(len(it.name) == 6)
	c.is(it.name[5] == '7')
	c.is(it.level == middle)
	c.is(it.level > 1)
	c.is(it.small+100 < 0)
	c.is(it.byte*2 == 4)
	c.is(it.wide == 0xfedcba9876543210)
	c.is(it.wide>>60 == 15)
	c.is(it.weight > 2.25 && it.weight <= 20.5)
	c.is(it.weight/2 == 1.25)
	c.is(it.narrow*3 == 0.375)
	c.is(len(it.list) > 2 && it.list[2] == i)
	c.is(it.grid[1][i%3] == 12)
	c.is(it.next == nil)
	c.is(it.next != nil && it.next.depth == 50)
	c.is(!it.ready)
	c.is(it.ready == true)
	c.is(*where == 66)
	c.is(escaped > 190)
	c.is(it == none)
	c.is(names[i%3][0] == 'c')
	c.is(len(it.queue) == 1)
	c.is(cap(it.list) == 0)
	c.is(int8(i*3) < 0)
	c.is(uint8(it.small) > 250)
	c.is(it.any != nil)
	turns++ //@visit
}

func closures(c *counts) func(int) {
	calls := 0
	return func(i int) {
		calls++
		it := &item{base: base{i / 2 * 2}, inner: &inner{i % 5}, name: fmt.Sprint("item ", i), level: level(i % 3), small: int8(i - 50), byte: uint8(i),
			wide: 0xfedcba9876543210 >> (i % 2), weight: 2.5 * float64(i%9), narrow: 0.125 * float32(i%8), ready: i%6 == 0, queue: make(chan int, 2)}
		if i%4 > 0 {
			it.list = []int{1, 2, i}[:i%4]
		}
		it.grid[1][i%3] = int16(i % 20)
		if i%5 > 0 {
			it.next = &item{base: base{50}}
		}
		if i%7 == 0 {
			it.queue <- i
			it.any = i
		}
		visit(i, it, c)
	}
}

func main() {
	c := &counts{}
	turns = 0 //@begin
	each := closures(c)
	for i := range 100 {
		each(i)
	}
	fmt.Println(c.truth[:c.at]) //@end
	printing(20)
	working()
}
