// Loops over functions, one in the other.
package main

import (
	"fmt"
	"iter"
	"slices"
)

// Shadowed by variables of functions, which loops do not capture.
var limit, label = -1, "package"

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func named(names ...string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for at, name := range names {
			if !yield(at, name) {
				return
			}
		}
	}
}

// Every level has an x of its own.
func nested(limit int) (sum int) {
	x := "outer"
	unused := []int{limit}
	for i := range count(limit) {
		x := i * 10
		label := fmt.Sprint(x)
		//@eval x
		//@eval unused[0]
		//@eval limit
		for i, name := range named("a", "b") { //@stop
			x := name + fmt.Sprint(i)
			//@eval x
			//@eval i
			//@eval label
			//@eval limit + sum
			//@eval unused
			//@step next next next
			sum += len(x) //@stop
			if name == "b" {
				break
			}
			for range count(1) {
				//@eval i
				//@eval name
				//@eval x
				//@eval len(label)
				sum++ //@stop
			}
		}
		_ = label
	}
	_ = unused
	_ = x
	return sum
}

// The right frame of several: each call has a loop of its own.
func tree(depth int, path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		own := fmt.Sprint(path, depth)
		if depth == 0 {
			yield(own)
			return
		}
		for leaf := range tree(depth-1, path+"l") {
			//@eval own
			//@eval depth
			//@eval path
			if !yield(leaf + own) { //@stop
				return
			}
		}
	}
}

func recursive(depth int) int {
	local := depth * 2
	total := 0
	for i := range count(2) {
		//@eval local
		//@eval depth
		total += i + depth //@stop
		if depth > 0 {
			total += recursive(depth - 1)
		}
	}
	_ = local
	return total
}

// Runs the loop of its caller inside of one of its own.
func twice(seq iter.Seq[int]) iter.Seq[int] {
	return func(yield func(int) bool) {
		before := "twice"
		for v := range seq {
			for range 2 {
				//@eval before
				if !yield(v) { //@stop
					return
				}
			}
		}
		_ = before
	}
}

func inClosure(values []int) int {
	scale := 3
	sum := func(from int) (total int) {
		step := 1
		for at, v := range slices.All(values) {
			//@eval scale
			//@eval step
			//@eval from
			total += v*scale + at //@stop
		}
		_ = step
		return total
	}
	return sum(1)
}

func withDefer() (text string, err error) {
	prefix := "deferred"
	for at, name := range named("x", "y") {
		low := at - 1
		defer func() {
			//@eval low
			//@eval name
			text += name //@stop
		}()
		//@eval prefix
		//@eval text
		_ = low //@stop
	}
	return prefix, nil
}

func find(seq iter.Seq[int], want int) (at int, ok bool) {
outer:
	for v := range seq {
		at := at + v
		for w := range count(3) {
			if w == want {
				//@eval ok
				//@eval at
				continue outer //@stop
			}
			if v == 2 {
				//@eval want
				//@eval at
				return at, true //@stop
			}
		}
	}
	return -1, false
}

type Set[K comparable] struct{ keys []K }

func (s *Set[K]) Each() iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range slices.Values(s.keys) {
			//@eval k
			//@eval s
			if !yield(k) { //@stop
				return
			}
		}
	}
}

func Filter[T any](seq iter.Seq[T], keep func(T) bool) (kept []T) {
	var last T
	for v := range seq {
		//@eval v
		//@eval last
		if keep(v) { //@stop
			kept = append(kept, v)
			last = v
		}
	}
	_ = last
	return kept
}

func clauses(value any) (found string) {
	switch value := value.(type) {
	case int:
		for i := range count(value) {
			//@eval value
			found = fmt.Sprint(i) //@stop
		}
	case string:
		for i, r := range slices.All([]rune(value)) {
			//@eval value
			found += fmt.Sprint(i, r) //@stop
		}
	}
	return found
}

func main() {
	fmt.Println(nested(2))
	for leaf := range tree(2, "t") {
		//@eval leaf
		fmt.Println(leaf) //@stop
	}
	fmt.Println(recursive(1))
	for v := range twice(count(2)) {
		fmt.Println(v)
	}
	fmt.Println(inClosure([]int{4, 5}))
	fmt.Println(withDefer())
	fmt.Println(find(count(4), 1))
	set := &Set[string]{keys: []string{"k1", "k2"}}
	fmt.Println(Filter(set.Each(), func(key string) bool { return key > "k1" }))
	fmt.Println(Filter(count(2), func(n int) bool { return n > 0 }))
	fmt.Println(clauses(2), clauses("ab"))
	fmt.Println(limit, label)
}
