package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"example.com/expressions/geo/inner"
	geo "example.com/expressions/geo/v2"
)

type Weekday int

const (
	Sun Weekday = iota
	Mon
	Tue
)

const Limit = 100
const big = 1 << 62
const name = "const"
const letter = 'x'
const small uint8 = 7

type MyInt int
type MyStr string
type Shape interface{ Area() float64 }
type Sq struct{ S float64 }

func (s Sq) Area() float64 { return s.S * s.S }

type Rec struct {
	A    int
	Next *Rec
	Arr  [3]uint16
	M    map[string]int
	F    func(int) int
	In   interface{}
	Deep struct{ B struct{ C struct{ D int } } }
}

var gi = 10
var gs = []string{"p", "q"}

func add(a, b int) int { return a + b }

//go:noinline
func sum(xs ...int) (total int) {
	for _, x := range xs {
		total += x //@sum
	}
	return
}

func closer(n int) func() int {
	k := n * 2
	return func() int {
		k += n
		return k //@closure
	}
}

func gen[T any](v T, l []T) int {
	b := geo.Box[T]{V: v}
	n := len(l)
	_ = b
	return n //@generic
}

func main() {
	i8, u8, i16, u16 := int8(-100), uint8(250), int16(-30000), uint16(65000)
	i, u, i64, u64 := -7, uint(9), int64(1)<<62, uint64(1)<<63
	f32, f64 := float32(0.1), 0.1
	inf := f64 / (f64 - 0.1)
	c64, c128 := complex64(complex(1, -2)), complex(3, 4)
	t, fl := true, false
	r, b := 'é', byte('b')
	s, e, long := "hello, wörld", "", strings.Repeat("ab", 700)
	ms, mi := MyStr("mystr"), MyInt(5)
	day := Tue
	xs := []int{1, 2, 3, 4, 5}
	xs2 := xs[1:3]
	arr := [4]int{9, 8, 7, 6}
	parr := &arr
	bs := []byte("bytes")
	rs := []rune("rünes")
	var nilxs []int
	var nilm map[string]int
	var nilp *geo.Point
	var nilf func()
	var nile error
	var nilch chan int
	m := map[string]int{"one": 1, "two": 2}
	mk := map[geo.Point]string{{1, 2}: "a"}
	mi8 := map[int8]bool{-1: true}
	mf := map[float64]int{1.5: 2}
	mif := map[interface{}]int{"k": 1, 2: 3}
	mb := map[bool][]int{true: {1}}
	p := geo.Point{3, 4}
	pp := &p
	ppp := &pp
	nm := geo.Named{Point: geo.Point{5, 6}, Label: &geo.Label{"lbl"}, Unit: inner.Foot}
	nm2 := geo.Named{}
	rec := &Rec{A: 1, Arr: [3]uint16{1, 2, 3}, M: map[string]int{"z": 26}, In: 42}
	rec.Next = &Rec{A: 2}
	rec.F = func(x int) int { return x + rec.A }
	var any1 interface{} = 42
	var any2 interface{} = pp
	var any3 interface{} = p
	var any4 interface{} = "text"
	var any5 interface{} = []int{7}
	var sh Shape = Sq{2}
	var err error = errors.New("bad")
	ch := make(chan int, 3)
	ch <- 1
	d := 90 * time.Second
	when := time.Unix(0, 0).UTC()
	fn := add
	meth := p.Sum
	bx := geo.Box[int]{7}
	pst := struct {
		A int
		B string
	}{1, "x"}
	nested := [][]int{{1}, {2, 3}}
	ptrs := []*geo.Point{pp, nil}
	up := uintptr(123)
	x := 1
	if x > 0 {
		x := "shadow"
		_ = x
		fmt.Fprintln(os.Stderr, i8, u8, i16, u16, i, u, i64, u64, f32, f64, inf, c64, c128, t, fl, r, b, len(s), e, len(long), ms, mi, day, xs2, parr, bs, rs, nilxs, nilm, nilp, nilf == nil, nile, nilch, m, mk, mi8, mf, mif, mb, ppp == nil, nm.X, nm2.Label, rec.A, any1, any2, any3, any4, any5, sh, err, ch, d, when, fn(1, 2), meth(), bx, pst, nested, ptrs, up, Limit, big, name, letter, small, gi, gs, geo.Origin, geo.Touch(pp), inner.Use(), inner.Pi, inner.Name, inner.Untyped) //@main
	}
	fmt.Println(sum(1, 2, 3), closer(3)(), gen("v", []string{"a", "b"}), gen(1.5, []float64{1}), x)
}
