// Program kinds: what is hard to show of Go's values.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.com/team/kinds/shapes"
)

type Level int8

const (
	Low    Level = -1
	Normal Level = 0
	High   Level = 1
)

const Far shapes.Unit = 99

type Mask uint32

const (
	MaskA Mask = 1 << 3
	MaskB Mask = 1 << 20
	MaskC Mask = 5
)

type Handler func(string) error

type Slice []any

type Pointers []*Pointers

type Big struct{ Numbers [40]int }

type One struct{ P *int }

type Deep struct {
	Inner struct {
		Inner struct {
			Inner struct{ Leaf string }
			Map   map[string]int
		}
		List []struct{ A, B int }
	}
}

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(item T) {
	size := len(s.items)
	s.items = append(s.items, item)
	first := s.items[0]
	pointer := &item
	show(size, first, pointer) //@push
}

func Map[T, U any](list []T, convert func(T) U) (result []U) {
	for at, item := range list {
		converted := convert(item)
		show(at, item, converted) //@map
		result = append(result, converted)
	}
	return
}

//go:noinline
func show(args ...any) { _ = args }

func large() {
	long := strings.Repeat("0123456789", 60)
	wide := strings.Repeat("é", 300)
	many := make([]int, 100)
	text := make([]string, 70)
	for at := range text {
		text[at] = "some text"
		many[at] = at * at
	}
	table := map[int]string{}
	for at := range 1000 {
		table[at] = fmt.Sprint("value ", at)
	}
	for at := range 1000 {
		if at != 500 {
			delete(table, at)
		}
	}
	bigs := map[string]Big{"big": {}}
	keyed := map[Big]int{{}: 4}
	small := map[int8]bool{-1: true}
	structs := []struct {
		Name string
		More [3]string
	}{{long[:30], [3]string{"a", "b", "c"}}, {long[:40], [3]string{wide[:20], "e", "f"}}, {long[:50], [3]string{}}}
	unicode := []string{wide[:100], wide[:101], wide}
	matrix := [][]int{many[:20], many[20:40], {}}
	blob := bytes.Repeat([]byte{0, 255}, 40)
	array := [5]*int{&many[3]}
	show(long, wide, many, text, table, bigs, keyed, small, structs, unicode, matrix, blob, array) //@large
}

func named() {
	low, normal, high, odd := Low, Normal, High, Level(5)
	mask, mix, none, five := MaskA|MaskB, MaskA|1, Mask(0), Mask(5)
	unit, far, inch := shapes.Meter, Far, any(shapes.Inch)
	circle := shapes.New(2.5)
	list := shapes.List{circle, {}}
	names := shapes.Named{shapes.Meter: "m"}
	pair := shapes.Pair[string, *shapes.Circle]{Key: "k", Value: &circle}
	pairs := []shapes.Pair[int, shapes.Unit]{{Key: 1, Value: shapes.Inch}}
	held := any(pair)
	holder := map[string]any{"circle": circle}
	type local struct{ X, Y Level }
	here := local{Low, 3}
	hidden := any(here)
	var handler Handler = func(text string) error { return errors.New(text) }
	var empty Handler
	show(low, normal, high, odd, mask, mix, none, five, unit, far, inch, circle, list, names, pair, pairs, held, holder, here, hidden, handler, empty) //@named
}

func holding() {
	number := 5
	one := One{&number}
	direct := any(one)
	directArray := any([1]*int{&number})
	any1 := any(map[string]int{"a": 1})
	any2 := any(make(chan bool, 2))
	any3 := any(strings.ToUpper)
	any4 := any(&one)
	any5 := any([2]any{1, "two"})
	nested := any(&[]any{any1, nil, 2.5, complex(1, 2), true, 'x', errors.New("inner")})
	slice := Slice{nil, 1, "s", Slice{2}}
	var reader io.Reader = strings.NewReader("reader")
	wrapped := fmt.Errorf("outer: %w", errors.Join(io.EOF, errors.New("other")))
	pointer := &any1
	pointer2 := &pointer
	var nilReader io.Reader
	pointer3 := &nilReader
	deep := Deep{}
	deep.Inner.Inner.Inner.Leaf = "leaf"
	deep.Inner.Inner.Map = map[string]int{"m": 1}
	deep.Inner.List = []struct{ A, B int }{{1, 2}}
	deeps := []Deep{deep}
	keys := map[any]int{one: 1}
	bools := map[bool]complex64{true: 2i}
	floats := map[float64][]string{2.5: {"x"}, 0.5: nil}
	show(direct, directArray, any2, any3, any4, any5, nested, slice, reader, wrapped, pointer2, pointer3, deeps, keys, bools, floats) //@holding
}

// Values without an end; Delve does not survive them.
func endless() {
	self := Slice{nil}
	self[0] = self
	pointers := Pointers{nil}
	pointers[0] = &pointers
	var held any
	held = &held
	channel := make(chan any, 1)
	channel <- channel
	ring := map[string]any{}
	ring["ring"] = ring
	show(self, pointers, held, channel, ring) //@endless
}

func library() {
	date := time.Date(2024, 2, 29, 12, 30, 15, 5, time.UTC)
	tokyo := date.In(time.FixedZone("Asia/Tokyo", 9*60*60))
	nowhere := date.In(time.FixedZone("Nowhere", -60*60))
	early := time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC)
	var zero time.Time
	var mutex sync.Mutex
	mutex.Lock()
	var count atomic.Int64
	count.Store(41)
	var flag atomic.Bool
	buffer := bytes.NewBufferString("buffered")
	var builder strings.Builder
	builder.WriteString("built")
	var group sync.WaitGroup
	duration := 90 * time.Minute
	show(date, tokyo, nowhere, early, zero, &mutex, &count, &flag, buffer, &builder, &group, duration) //@library
	mutex.Unlock()
}

func closures() {
	counter, label := 0, "label"
	big := Big{}
	big.Numbers[0] = 9
	increment := func(by int) (total int) {
		counter += by
		defer func() {
			recovered := recover()
			total = counter
			show(recovered, label) //@deferred
		}()
		panic(fmt.Sprint("at ", counter)) //@panicking
	}
	increment(3)
	var loops []func() int
	for at := range 3 {
		loops = append(loops, func() int { return at + big.Numbers[0] })
	}
	method := (&Stack[int]{}).Push
	for at, loop := range loops {
		at := at * 2
		if value := loop(); value > 9 {
			show(at, value) //@loop
		} else if other := value + 1; other > 0 {
			show(at, other)
		}
	}
	show(counter, increment, loops, method) //@closures
}

func switches(values ...any) {
	for _, value := range values {
		switch value := value.(type) {
		case int:
			double := value * 2
			show(double) //@int
		case string, error:
			show(value) //@either
		case []byte:
			show(value) //@bytes
		case nil:
			show()
		}
	}
	channel := make(chan int, 1)
	channel <- 8
	select {
	case got, ok := <-channel:
		show(got, ok) //@select
	default:
	}
}

func each(list []string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for at, text := range list {
			if !yield(at, text) {
				return
			}
		}
	}
}

func escaped(parameter int) (result *int, err error) {
	local := parameter * 2
	result = &local
	again := &parameter
	saved := func() { err = errors.New("set") }
	saved()
	show(result, again) //@escaped
	return
}

func iterate() {
	sum := 0
	for at, text := range each([]string{"x", "yy"}) {
		length := len(text)
		sum += length + at //@range
	}
	show(sum)
}

func main() {
	large()
	named()
	holding()
	endless()
	library()
	closures()
	switches(4, "text", []byte("raw"))
	escaped(6)
	iterate()
	stack := Stack[shapes.Unit]{}
	stack.Push(shapes.Inch)
	texts := &Stack[string]{}
	texts.Push("pushed")
	mapped := Map([]int{1}, func(number int) string { return fmt.Sprint(number) })
	pair := (&shapes.Pair[string, float64]{Key: "key"}).Chain(2)
	fmt.Println(stack, texts, mapped, pair.Key) //@end
}
