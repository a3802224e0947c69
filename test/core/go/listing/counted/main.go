// The program whose lines are counted: every kind of statement, in every kind of function.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"

	"example.com/counted/trees"
)

type shape interface {
	area() int
	name() string
}

type square struct{ side int }

type named struct {
	*square
	label string
}

func (s *square) area() int {
	return s.side * s.side
}

func (s square) name() string {
	return "square"
}

func (n named) describe(suffix string) string {
	text := n.label
	text += suffix
	return text
}

//go:noinline
func leaf(a, b int) int {
	if a > b {
		return a
	}
	for a < b {
		a += 3
		b--
	}
	return a + b
}

func results(n int) (sum int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			sum = -1
		}
	}()
	values := []int{1, 2, 3}
	sum = values[n]
	sum *= 2
	return sum, nil
}

func deferred(n int) (result string) {
	defer func() { result += "!" }()
	for i := range n {
		defer func(text string) {
			result += text
		}(fmt.Sprint(i))
	}
	if n > 2 {
		return "many"
	}
	result = "few"
	return
}

func classify(n any) string {
	switch value := n.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprint("whole ", value)
	case string:
		if value == "" {
			return "empty"
		}
		return "text " + value
	case error:
		text := value.Error()
		return text
	case fmt.Stringer:
		return value.String()
	default:
		return "other"
	}
}

func grade(n int) string {
	switch {
	case n < 0:
		return "negative"
	case n == 0:
		fallthrough
	case n == 1:
		return "small"
	}
	switch n % 3 {
	case 0:
		n++
	case 1:
		n--
		break
	default:
		n = -n
	}
	return "large"
}

func loops(n int) int {
	total := 0
outer:
	for i := 0; i < n; i++ {
		for j := 0; ; j++ {
			if j > i {
				continue outer
			}
			if i*j > 12 {
				break outer
			}
			total += j
		}
	}
	for i := range n {
		total += i
	}
	for i, c := range "héllo" {
		total += i * int(c%7)
	}
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	for key, value := range m {
		total += len(key) * value
	}
	delete(m, "a")
	for total > 100 {
		total /= 2
	}
	i := 0
again:
	i++
	if i < 3 {
		goto again
	}
	array := [3]string{"x", "y"}
	for at := range array {
		array[at] += "."
	}
	return total + i
}

func count(n int) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		defer func() {
			finished++
		}()
		for i := range n {
			if !yield(i, strings.Repeat("x", i)) {
				return
			}
		}
	}
}

var finished int

func iterate(n int) int {
	total := 0
	for i, text := range count(n) {
		if i == 1 {
			continue
		}
		for j := range count(i) {
			total += small(j).bit()
			if j > 3 {
				break
			}
		}
		total += i + len(text)
		if total > 50 {
			return total
		}
	}
	return -total
}

func (f *finder) find(limit int) (found int) {
	for n := range f.all {
		defer func() { found += n }()
		if n > limit {
			return n
		}
	}
	return 0
}

type finder struct{ from int }

func (f *finder) all(yield func(int) bool) {
	for n := f.from; yield(n); n++ {
		f.from = n
	}
}

func channels() string {
	jobs := make(chan int)
	answers := make(chan string)
	last := make(chan string, 1)
	done := make(chan struct{})
	var lock sync.Mutex
	var group sync.WaitGroup
	worked := 0
	for id := range 3 {
		group.Add(1)
		go func() {
			defer group.Done()
			for job := range jobs {
				lock.Lock()
				worked++
				lock.Unlock()
				answers <- fmt.Sprint(id*0, job)
			}
		}()
	}
	go func() {
		defer close(jobs)
		for n := range 6 {
			jobs <- n
			if n == 3 {
				time.Sleep(time.Millisecond)
			}
		}
	}()
	go func() {
		group.Wait()
		close(done)
	}()
	var seen []string
	for open := true; open; {
		select {
		case answer := <-answers:
			seen = append(seen, answer)
		case <-done:
			open = false
		}
	}
	select {
	case last <- "last":
		worked += 10
	default:
		worked = 0
	}
	sort.Strings(seen)
	return fmt.Sprint(seen, worked)
}

func leaving() (text string) {
	done := make(chan string)
	go func() {
		defer func() {
			done <- "left"
		}()
		defer recover()
		runtime.Goexit()
	}()
	text = <-done
	condition := sync.NewCond(&sync.Mutex{})
	ready := false
	go func() {
		condition.L.Lock()
		ready = true
		condition.L.Unlock()
		condition.Broadcast()
	}()
	condition.L.Lock()
	for !ready {
		condition.Wait()
	}
	condition.L.Unlock()
	var once sync.Once
	for range 3 {
		once.Do(func() {
			text += " once"
		})
	}
	return text
}

func nested(depth int) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = errors.Join(err, fmt.Errorf("%d: %v", depth, value))
			if depth == 2 {
				panic("again")
			}
		}
	}()
	if depth == 0 {
		var nothing *square
		return fmt.Errorf("never %d", nothing.side)
	}
	err = nested(depth - 1)
	if depth == 2 {
		panic(fmt.Sprint("two"))
	}
	return err
}

func grow(n int) int {
	var frame [64]int
	frame[n%64] = n
	if n == 0 {
		return 1
	}
	below := grow(n - 1)
	return below + frame[n%64] - n
}

func values(s shape) string {
	area := s.area
	name := s.name
	describe := named{&square{2}, "n"}.describe
	sizes := []func() int{area, (&square{5}).area}
	plus := (*square).area
	total := plus(&square{7})
	for _, size := range sizes {
		total += size()
	}
	return describe(fmt.Sprint(total, name()))
}

type small int

func (s small) bit() int { return int(s) & 1 }

func sum[T cmp.Ordered, S ~[]T](list S, zero T) T {
	total := zero
	for _, value := range list {
		total += value
	}
	keep := func(value T) T {
		if value > total {
			return value
		}
		return total
	}
	return keep(zero)
}

func pairs[K comparable, V any](m map[K]V, make func(K, V) string) []string {
	var list []string
	for key, value := range m {
		list = append(list, make(key, value))
	}
	return list
}

func jumps(list []int) (n int) {
	for {
		n++
		if n > 3 {
			break
		}
		if n == 2 {
			continue
		}
		for {
			break
		}
	}
	for _, value := range list {
		switch value {
		case 1:
			break
		case 2:
			continue
		}
		if value == 4 {
			goto out
		}
		n += value
	}
out:
	for n > 0 {
		for n > 5 {
			n -= 2
		}
		n--
	}
	select {
	default:
		return
	}
}

func expression(a *square) (text string) {
	if a == nil {
		return "nil"
	}
	b := *a
	p, q := &b.side, &b
	*p, q.side = q.side+1, *p
	c, ok := any(a).(shape)
	if ok && c.area() > 1 || b.area() > 100 {
		text = c.name()
	}
	array := [...]*square{a, &b, nil}
	array[2], array[0] = array[0], array[1]
	type local struct {
		*square
		next *local
	}
	var chain *local
	for _, s := range array {
		chain = &local{s, chain}
	}
	const limit = 10
	var sum, _ int
	for chain != nil {
		sum += chain.area()
		chain = chain.next
	}
	text += fmt.Sprint(sum < limit, func() int { return sum }())
	func(texts ...string) {
		text += strings.Join(texts, "")
	}("a", "b")
	return
}

func multiLine(a int) string {
	text := fmt.Sprint(
		leaf(a, 2),
		leaf(a,
			5),
	)
	config := struct {
		name string
		next *int
	}{
		name: text,
		next: &a,
	}
	if a > 0 &&
		*config.next < 100 ||
		text == "" {
		text += config.name
	} else if a < -3 {
		text = "low"
	} else {
		text = "else"
	}
	return text
}

func trees_() string {
	tree := trees.New[string, *square](strings.Compare)
	for n, key := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		node := tree.Put(key, &square{n})
		node.Tags = append(node.Tags, key)
		node.Next = node
	}
	var text []string
	for key, value := range tree.All() {
		text = append(text, fmt.Sprint(key, value.side))
		if key == "quick" {
			break
		}
	}
	numbers := trees.New[int, error](cmp.Compare[int])
	numbers.Put(3, errors.New("three"))
	numbers.Put(1, nil)
	for range numbers.All() {
		finished++
	}
	return strings.Join(text, " ")
}

var (
	table   = map[string]func(int) int{"double": func(n int) int { return 2 * n }}
	started = time.Now()
	initial = func() int {
		n := leaf(1, 9)
		return n * 2
	}()
)

func init() {
	if initial == 0 {
		os.Exit(4)
	}
	table["half"] = func(n int) int {
		return n / 2
	}
}

func main() {
	fmt.Println(leaf(3, 20), leaf(9, 2), initial, table["double"](4), table["half"](4))
	fmt.Println(results(1))
	fmt.Println(results(7))
	fmt.Println(deferred(2), deferred(4))
	for _, value := range []any{nil, 5, int64(6), "", "t", errors.New("e"), time.Second, 1.5} {
		fmt.Println(classify(value))
	}
	for n := -1; n < 6; n++ {
		fmt.Println(grade(n))
	}
	fmt.Println(loops(8), iterateAll(), channels(), leaving())
	f := &finder{from: 3}
	fmt.Println(f.find(6))
	func() {
		defer func() {
			fmt.Println(recover())
		}()
		fmt.Println(nested(3))
	}()
	fmt.Println(nested(1), grow(3000), values(&square{3}))
	fmt.Println(sum([]int{1, 2, 3}, 0), sum([]string{"a", "b"}, ""), sum([]float64{1.5}, 0.25))
	sorted := pairs(map[string]int{"x": 1, "y": 2}, func(k string, v int) string { return fmt.Sprint(k, v) })
	sort.Strings(sorted)
	fmt.Println(sorted, multiLine(4), multiLine(-9), multiLine(-1))
	fmt.Println(jumps([]int{1, 2, 3, 4, 5}), expression(nil), expression(&square{2}))
	fmt.Println(trees_(), trees.Link(strings.Fields("a bc def a")), finished)
	runtime.GC()
	if time.Since(started) < 0 {
		fmt.Println("never")
	}
	os.Exit(3)
}

func iterateAll() (total int) {
	for n := range 9 {
		total += iterate(n)
	}
	return total
}
