// Type parameters and iterators.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type Number interface {
	~int | ~int64 | ~float64
}

type Meters int64

func Sum[T Number](values ...T) (total T) {
	for _, v := range values {
		//@eval total + v
		total += v //@stop
	}
	return total
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) Swap() string {
	text := fmt.Sprint(p.Val, p.Key)
	return text //@stop
}

type List[T any] struct {
	head *node[T]
	size int
}

type node[T any] struct {
	value T
	next  *node[T]
}

func (l *List[T]) Push(value T) {
	l.head = &node[T]{value, l.head}
	l.size++ //@stop
}

func (l *List[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		at := 0
		for n := l.head; n != nil; n = n.next {
			//@eval at
			if !yield(at, n.value) { //@stop
				return
			}
			at++
		}
	}
}

func Map[T, U any](seq iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for v := range seq {
			if !yield(f(v)) {
				return
			}
		}
	}
}

func find(l *List[string], want string) (index int, found bool) {
	for i, s := range l.All() {
		//@eval i
		//@eval s
		//@eval want
		if s == want { //@stop
			return i, true
		}
	}
	return -1, false
}

type Ordered[T cmp.Ordered] interface{ Less(T) bool }

type Version string

func (v Version) Less(other Version) bool { return v < other }

func Min[T cmp.Ordered, O interface {
	Ordered[T]
	~string
}](a, b O, key T) O {
	if a.Less(key) {
		//@eval key
		return a //@stop
	}
	return b
}

func main() {
	ints := Sum(1, 2)
	floats := Sum(0.5, 0.25)
	meters := Sum[Meters](100, 50)
	pair := Pair[string, []int]{"k", []int{1, 2}}
	swapped := pair.Swap()
	nested := Pair[Pair[int, bool], *Pair[string, []int]]{Pair[int, bool]{1, true}, &pair}
	words := &List[string]{}
	for _, w := range []string{"one", "two"} {
		words.Push(w)
	}
	//@eval words.size
	//@eval words.head.value
	//@eval nested.Val.Key
	//@eval nested.Key.Val
	index, found := find(words, "one") //@stop
	upper := slices.Collect(Map(slices.Values([]string{"x", "y"}), strings.ToUpper))
	keys := slices.Sorted(maps.Keys(map[string]int{"b": 1, "a": 2}))
	least := Min(Version("1.2"), Version("1.3"), Version("1.9"))
	next, stop := iter.Pull2(words.All())
	_, first, _ := next()
	stop()
	//@eval upper
	//@eval keys[0]
	//@eval least
	//@eval first
	fmt.Println(ints, floats, meters, swapped, nested.Key, index, found, upper, keys, least, first) //@stop
}
