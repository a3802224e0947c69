// Values that are too large or too deep to be shown at once.
package main

import (
	"fmt"
	"strings"
)

type node struct {
	value int
	next  *node
}

type level struct {
	name  string
	inner *level
	side  []level
	by    map[string]*level
}

type wide struct {
	a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t int
	row                                                        [100]int
}

type pair struct {
	key  string
	pair [2]float64
}

func chain(length int) *node {
	var first *node
	for value := length; value > 0; value-- {
		first = &node{value, first}
	}
	return first
}

func nest(depth int) *level {
	if depth == 0 {
		return nil
	}
	inner := nest(depth - 1)
	made := &level{name: strings.Repeat("n", depth), inner: inner}
	if inner != nil {
		made.side = []level{*inner, *inner}
		made.by = map[string]*level{"only": inner}
	}
	return made
}

func lists() int {
	numbers := make([]int, 20_000)
	pairs := make([]pair, 300)
	for at := range numbers {
		numbers[at] = at * at
	}
	for at := range pairs {
		pairs[at] = pair{fmt.Sprint("pair ", at), [2]float64{float64(at), -1}}
	}
	var array [5000]byte
	array[4999] = 7
	grid := [100][100]int{99: {99: 1}}
	strs := []string{strings.Repeat("a", 600), strings.Repeat("ü", 400), "short"}
	pointers := make([]*int, 70)
	pointers[69] = &numbers[69]
	exact := make([]int, 64)
	more := make([]int, 65)
	of := make([][]int, 66)
	of[65] = exact[:3]
	var list any = numbers
	structs := make([]wide, 65)
	fmt.Sprint(list == nil)
	//@eval numbers[19999]
	//@eval numbers[20000]
	//@eval numbers[100:105]
	//@eval numbers[19990:]
	//@eval len(numbers)
	//@eval cap(numbers[5:10])
	//@eval pairs[299].key
	//@eval pairs[250:252]
	//@eval array[4999]
	//@eval array[4990:5000]
	//@eval grid[99][99]
	//@eval grid[98:]
	//@eval strs[0][590:]
	//@eval strs[1][2]
	//@eval *pointers[69]
	//@eval of[65]
	//@eval list.([]int)[19998]
	//@eval structs[64].row[99]
	//@eval structs[64]
	return len(numbers) + len(pairs) + len(strs) + grid[0][0] + int(array[0]) + len(of) + len(more) + len(structs) + len(pointers) //@stop
}

func texts() int {
	long := strings.Repeat("0123456789", 10_000)
	limit := strings.Repeat("x", 512)
	over := strings.Repeat("y", 513)
	cut := strings.Repeat("z", 511) + "€"
	raw := []byte(long)
	runes := []rune(long[:1000])
	lines := strings.Repeat("line\n", 300)
	boxed := struct{ text string }{long}
	var any any = long
	fmt.Sprint(any == nil)
	//@eval long
	//@eval len(long)
	//@eval long[99990:]
	//@eval long[50000:50600]
	//@eval long[99999]
	//@eval long == limit
	//@eval over + limit
	//@eval cut
	//@eval string(raw)
	//@eval string(raw[:5])
	//@eval runes[999]
	//@eval boxed
	//@eval any.(string)[5:15]
	return len(long) + len(limit) + len(over) + len(cut) + len(raw) + len(runes) + len(lines) + len(boxed.text) //@stop
}

func tables() int {
	numbers := map[int]int{}
	names := map[string]pair{}
	for at := range 20_000 {
		numbers[at] = -at
	}
	for at := range 100 {
		names[fmt.Sprint("n", at)] = pair{key: fmt.Sprint(at)}
	}
	one := map[string][]int{"only": make([]int, 100)}
	deep := map[string]map[string]map[string]int{"a": {"b": {"c": 1}}}
	channel := make(chan int, 200)
	for at := range 150 {
		channel <- at
	}
	//@eval len(numbers)
	//@eval numbers[19999]
	//@eval numbers[20000]
	//@eval names["n99"]
	//@eval names["n100"]
	//@eval one["only"][99]
	//@eval deep["a"]["b"]["c"]
	//@eval len(channel)
	//@eval cap(channel)
	return len(numbers) + len(names) + len(one) + len(deep) + len(channel) //@stop
}

func depths() int {
	first := chain(100)
	nested := nest(6)
	ring := &node{value: 1}
	ring.next = ring
	p := &first
	pp := &p
	ppp := &pp
	var boxed any = ppp
	var inner any = &boxed
	fmt.Sprint(inner == nil)
	all := wide{a: 1, t: 20}
	all.row[99] = 5
	//@eval first.next.next.next.next.next.next.value
	//@eval nested.inner.inner.inner.name
	//@eval nested.side[1].side[0].name
	//@eval nested.by["only"].by["only"].name
	//@eval ring.next.next.next.value
	//@eval (***ppp).value
	//@eval all.row[99]
	//@eval boxed
	//@eval inner
	return first.value + nested.inner.inner.inner.side[0].inner.side[1].by["only"].value() + ring.value + all.t //@stop
}

func (l *level) value() int { return len(l.name) }

func main() {
	fmt.Println(lists(), texts(), tables())
	fmt.Println(depths())
}
