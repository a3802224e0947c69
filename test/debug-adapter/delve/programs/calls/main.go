// Functions that are called while the program is stopped.
package main

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

type point struct{ X, Y int }

func (p point) add(q point) point       { return point{p.X + q.X, p.Y + q.Y} }
func (p *point) scale(by int)           { p.X *= by; p.Y *= by }
func (p *point) String() string         { return fmt.Sprintf("<%d,%d>", p.X, p.Y) }
func (p point) length() (float64, bool) { return float64(p.X*p.X + p.Y*p.Y), p.X > 0 }

type named struct {
	point
	name string
	tags []string
}

type shape interface{ area() float64 }

type square struct{ side float64 }

func (s square) area() float64 { return s.side * s.side }

type codeError struct{ code int }

func (e *codeError) Error() string { return fmt.Sprintf("code %d", e.code) }

var errPlain = errors.New("plain")

var kept *point

var total int

func add(a, b int) int                            { return a + b }
func mixed(a int8, b bool, c int32, d byte) int64 { return int64(a) + int64(c) + int64(d) }
func concat(a, b string) string                   { return a + "-" + b }
func join(parts []string, sep string) string      { return strings.Join(parts, sep) }
func divide(a, b int) int                         { return a / b }
func divmod(a, b int) (quotient, rest int, err error) {
	if b == 0 {
		return 0, 0, &codeError{a}
	}
	return a / b, a % b, nil
}
func nothing()               { total++ }
func half(x float64) float32 { return float32(x / 2) }
func words(text string) map[string]int {
	found := map[string]int{}
	for _, word := range strings.Fields(text) {
		found[word]++
	}
	return found
}
func sorted(list []int) []int {
	own := append([]int(nil), list...)
	sort.Ints(own)
	return own
}
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
func deep(n int) int {
	var room [64]int
	room[n%64] = n
	if n == 0 {
		return room[0]
	}
	return deep(n-1) + room[n%64] - n + 1
}
func panics(text string)  { panic("no " + text) }
func panicsWith(code int) { panic(&codeError{code}) }
func nilRead() int        { var p *point; return p.X }
func recovers() (text string) {
	defer func() { text = fmt.Sprint("recovered ", recover()) }()
	panics("way")
	return "never"
}
func deferred() (list []string) {
	defer func() { list = append(list, "last") }()
	return []string{"first"}
}
func waits(ms int) string {
	time.Sleep(time.Duration(ms) * time.Millisecond)
	return "slept"
}
func exchanges(n int) int {
	numbers, sums := make(chan int), make(chan int)
	go func() {
		sum := 0
		for v := range numbers {
			sum += v
		}
		sums <- sum
	}()
	for i := range n {
		numbers <- i
	}
	close(numbers)
	return <-sums
}
func locked(times int) int {
	var group sync.WaitGroup
	var mutex sync.Mutex
	sum := 0
	for range times {
		group.Add(1)
		go func() {
			defer group.Done()
			mutex.Lock()
			defer mutex.Unlock()
			sum++
		}()
	}
	group.Wait()
	return sum
}
func garbage(n int) int {
	size := 0
	for i := range n {
		block := make([]byte, 1<<16)
		block[i%len(block)] = 1
		size += len(block)
	}
	return size
}
func keep(p *point)                    { kept = p }
func makePoint(x, y int) *point        { return &point{x, y} }
func apply(f func(int) int, x int) int { return f(x) }
func describe(s shape) float64         { return s.area() }
func failure(kind int) error {
	switch kind {
	case 0:
		return nil
	case 1:
		return errPlain
	}
	return &codeError{kind}
}

type holds struct {
	at   *point
	list []int
}

func takes(h holds) int                   { return len(h.list) }
func firstOf(points [2]*point) *point     { return points[0] }
func identity(points [2]*point) [2]*point { return points }
func variadic(numbers ...int) int         { return len(numbers) }
func takesAny(value any) string           { return fmt.Sprintf("%T", value) }
func many(a int8, b string, c float32, d bool, e point, f []int, g *point) (bool, int8, float32, point, []int, *point, string) {
	return d, a, c, e, f, g, b
}

func empty() any      { return nil }
func boxed(x int) any { return x }

func main() {
	p, q := point{3, 4}, point{10, 20}
	heap := &point{5, 6}
	kept = heap
	who := named{point: p, name: "who", tags: []string{"b", "a"}}
	list := []int{3, 1, 2}
	base := 100
	addBase := func(x int) int { return x + base }
	double := func(x int) int { return 2 * x }
	var s shape = square{2}
	var noShape shape
	var noFunc func(int) int
	err := failure(3)
	wrapped := fmt.Errorf("wrapped: %w", errPlain)
	text := "αβγ"
	onStack := point{1, 2}
	onStack.scale(2)
	pair := [2]*point{heap, heap}
	holder := holds{at: &onStack, list: list[:1]}
	any1 := any(p)
	//@eval call add(1, 2)
	//@eval call add(list[0], base)
	//@eval call add(1, 2) + 3
	//@eval call add(add(1, 2), add(3, 4))
	//@eval call mixed(-5, true, 70000, 255)
	//@eval call concat("left", text)
	//@eval call concat(text, who.name)
	//@eval call join(who.tags, ", ")
	//@eval call divmod(17, 5)
	//@eval call divmod(17, 0)
	//@eval call divide(1, 0)
	//@eval call nothing()
	//@eval total
	//@eval call half(5)
	//@eval call half(2.5)
	//@eval call words("a b a")
	//@eval call sorted(list)
	//@eval list
	//@eval call fib(15)
	//@eval call deep(200)
	//@eval call p.add(q)
	//@eval call heap.add(p)
	//@eval call heap.scale(3)
	//@eval *heap
	//@eval call heap.String()
	//@eval call heap.length()
	//@eval call who.add(q)
	//@eval call s.area()
	//@eval call describe(s)
	//@eval call noShape.area()
	//@eval call err.Error()
	//@eval call errPlain.Error()
	//@eval call wrapped.Error()
	//@eval call failure(0)
	//@eval call failure(1)
	//@eval call failure(7)
	//@eval call panics("way")
	//@eval call panicsWith(42)
	//@eval call nilRead()
	//@eval call recovers()
	//@eval call deferred()
	//@eval call waits(3)
	//@eval call exchanges(50)
	//@eval call locked(20)
	//@eval call garbage(200)
	//@eval call makePoint(7, 8)
	//@eval call keep(heap)
	//@eval call addBase(5)
	//@eval call double(21)
	//@eval call noFunc(1)
	//@eval call apply(double, 4)
	//@eval call apply(addBase, 4)
	//@eval call empty()
	//@eval call boxed(5)
	//@eval call keep(&onStack)
	//@eval call keep(nil)
	//@eval call onStack.scale(2)
	//@eval call takes(holder)
	//@eval call firstOf(pair)
	//@eval call firstOf(pair).String()
	//@eval call makePoint(1, 2).X
	//@eval call makePoint(3, 4).add(q).Y
	//@eval call sorted(list)[0]
	//@eval call len(words("x y x"))
	//@eval call words("x y x")["x"]
	//@eval call any1.(main.point).add(q)
	//@eval call add(1, 2) == 3
	//@eval call concat("a", "b") + "c"
	//@eval call identity(pair)
	//@eval call many(1, "two", 3.5, true, p, list, heap)
	//@eval call variadic(list)
	//@eval call variadic(1, 2)
	//@eval call takesAny(heap)
	//@eval call takesAny(5)
	//@eval call takesAny(s)
	//@eval call takesAny(nil)
	//@eval call (*point).scale(heap, 2)
	//@eval call main.add(3, 4)
	//@eval call strings.ToUpper(text)
	//@eval call add(1)
	//@eval call add(1, 2, 3)
	//@eval call add("a", 2)
	//@eval call add(1.5, 2)
	//@eval call concat(1, 2)
	//@eval call list(1)
	//@eval call missing(1)
	//@eval call p.missing()
	//@eval add(1, 2)
	//@eval call add
	//@eval call p
	fmt.Println(p, q, heap, who, list, base, s, noShape, noFunc == nil, err, text, wrapped, onStack, pair, holder, any1) //@stop
	fmt.Println(addBase(1), double(1), total)
	if len(os.Args) > 5 {
		fmt.Println(add(1, 2), mixed(1, true, 2, 3), concat("", ""), join(nil, ""), half(1), words(""), sorted(nil), fib(1), deep(1))
		p.scale(1)
		fmt.Println(p.add(q), p.String(), describe(s), makePoint(1, 2), apply(double, 1), empty(), boxed(1), recovers(), deferred())
		fmt.Println(waits(1), exchanges(1), locked(1), garbage(1), divide(1, 1))
		fmt.Println(p.length())
		fmt.Println(divmod(1, 1))
		keep(&p)
		nothing()
		fmt.Println(takes(holder), firstOf(pair), identity(pair), variadic(1), takesAny(1))
		fmt.Println(many(1, "", 1, true, p, nil, nil))
		fmt.Println(strings.ToUpper(text))
		panicsWith(nilRead())
	}
}
