// Values of every kind, large and odd ones.
package main

import (
	"fmt"
	"math"
	"math/big"
	"reflect"
	"sort"
	"strings"
	"time"
	"unsafe"
)

type Color uint8

const (
	Red Color = iota
	Green
	Blue
)

func (c Color) String() string { return [...]string{"red", "green", "blue"}[c] }

type Flags uint16

const (
	Read Flags = 1 << iota
	Write
	Exec
)

type Point struct{ X, Y int }

type Shape interface{ Area() float64 }

type Rect struct {
	Min, Max Point
	Tags     map[string]Color
}

func (r Rect) Area() float64 { return float64((r.Max.X - r.Min.X) * (r.Max.Y - r.Min.Y)) }

type Circle struct {
	Center *Point
	R      float64
}

func (c *Circle) Area() float64 { return math.Pi * c.R * c.R }

type Node struct {
	Name     string
	Parent   *Node
	Children []*Node
	Meta     map[string]any
}

type empty struct{}

type recursive map[string]recursive

var (
	global   = map[Point]string{{1, 2}: "one-two"}
	matrix   = [2][3]int{{1, 2, 3}, {4, 5, 6}}
	banner   = strings.Repeat("=", 100)
	callback func(int) error
)

const limit = 1 << 40

func numbers() float64 {
	i8, u8 := int8(-128), uint8(255)
	i16, u16 := int16(-32768), uint16(65535)
	i32, u32 := int32(math.MinInt32), uint32(math.MaxUint32)
	i64, u64 := int64(math.MinInt64), uint64(math.MaxUint64)
	r, b := 'é', byte('x')
	f32, f64 := float32(0.1), 1e100
	nan, inf := math.NaN(), math.Inf(-1)
	c64, c128 := complex64(1+2i), complex(-1.5, 0.25)
	yes, none := true, uintptr(0)
	//@eval i8 - 1
	//@eval u8 + 1
	//@eval int(u16) * 2
	//@eval i64
	//@eval u64 >> 60
	//@eval r
	//@eval string(r)
	//@eval f32 * 3
	//@eval f64 / 3
	//@eval real(c128)
	//@eval imag(c64)
	//@eval !yes
	//@eval limit
	//@eval i32 < 0 && u32 > 10
	//@eval uint8(300)
	//@eval 7 &^ 5
	//@eval -i16
	//@eval 1.5 + 2
	return float64(i8) + float64(u8) + float64(i16) + float64(u16) + float64(i32) + float64(u32) + float64(i64) + float64(u64) + float64(r) + float64(b) + float64(f32) + f64 + nan + inf + float64(real(c64)) + real(c128) + float64(none) + btof(yes) //@stop
}

func btof(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func texts() int {
	plain, blank := "text", ""
	quoted := "tab\there \"quoted\" \x00 \u2028 日本"
	broken := "a\xff\xfeb"
	long := strings.Repeat("0123456789", 12)
	bytes, runes := []byte("bytes\n"), []rune("ré")
	raw := [4]byte{1, 2, 3, 255}
	words := strings.Fields(" the quick  brown fox ")
	//@eval plain + "!"
	//@eval plain[1]
	//@eval plain[1:3]
	//@eval len(long)
	//@eval string(bytes)
	//@eval []byte(plain)
	//@eval words[1:]
	//@eval words[len(words)-1]
	//@eval plain == "text"
	//@eval words[9]
	//@eval bytes[2:100]
	return len(plain) + len(blank) + len(quoted) + len(broken) + len(long) + len(bytes) + len(runes) + len(raw) + len(words) //@stop
}

func collections() int {
	large := make([]int, 500, 600)
	for i := range large {
		large[i] = i * i
	}
	big := map[int]string{}
	for i := range 1000 {
		big[i] = fmt.Sprint("v", i)
	}
	small := map[string]*Point{"p": {1, 2}}
	sets := map[Color]struct{}{Blue: {}}
	keyed := map[[2]int8]any{{1, 2}: Green}
	deep := map[string]map[string][]Point{"a": {"b": {{3, 4}}}}
	var nilMap map[string]int
	var nilSlice []Point
	none := [0]int{}
	anys := []any{1, "two", 3.5, nil, Point{5, 6}, &Point{7, 8}, []int{9}, Red, empty{}}
	structs := []struct {
		A int
		b string
	}{{1, "x"}, {2, "y"}}
	rec := recursive{"in": {}}
	table := [][]string{{"a", "b"}, {"c"}, nil}
	//@eval large[499]
	//@eval large[2:5]
	//@eval len(big)
	//@eval big[999]
	//@eval small["p"].Y
	//@eval small["q"]
	//@eval deep["a"]["b"][0].X
	//@eval nilMap["x"]
	//@eval anys[4]
	//@eval anys[4].(main.Point).X
	//@eval anys[1].(string)
	//@eval anys[1].(int)
	//@eval structs[1].b
	//@eval nilSlice == nil
	//@eval cap(large)
	//@eval table[0][1]
	//@eval matrix[1][2]
	//@eval main.matrix
	//@eval global
	//@eval Blue
	//@eval Color(1)
	return len(large) + len(big) + len(small) + len(sets) + len(keyed) + len(deep) + len(nilMap) + len(nilSlice) + len(none) + len(anys) + len(structs) + len(rec) + len(table) //@stop
}

func pointers() Shape {
	root := &Node{Name: "root", Meta: map[string]any{"depth": 0}}
	child := &Node{Name: "child", Parent: root}
	root.Children = append(root.Children, child, nil)
	number := 42
	p := &number
	pp := &p
	rect := Rect{Point{0, 0}, Point{2, 3}, map[string]Color{"fill": Green}}
	shapes := []Shape{rect, &Circle{&Point{1, 1}, 2}, nil}
	var nilShape Shape
	var nilCircle *Circle
	typedNil := Shape(nilCircle)
	up := unsafe.Pointer(nil)
	perms := Read | Exec
	var err error
	local := struct {
		Point
		Color
		inner struct{ deep *Rect }
	}{Point{1, 2}, Blue, struct{ deep *Rect }{&rect}}
	//@eval *p
	//@eval **pp + 1
	//@eval child.Parent.Name
	//@eval root.Children[0].Parent.Children[0].Name
	//@eval shapes[0]
	//@eval shapes[1].(*main.Circle).R
	//@eval shapes[1]
	//@eval rect.Max.X * rect.Max.Y
	//@eval local.X
	//@eval local.inner.deep.Tags["fill"]
	//@eval nilCircle == nil
	//@eval nilCircle.R
	//@eval perms
	//@eval perms & Write
	//@eval err
	//@eval root.missing
	//@eval nowhere
	//@eval *number
	//@eval rect == rect
	//@eval p == *pp
	_ = fmt.Sprint(nilShape, typedNil, up, perms, err, local.X, pp) //@stop
	return shapes[1]
}

func library() string {
	when := time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC)
	lasts := 90 * time.Minute
	month := when.Month()
	value := reflect.ValueOf(Point{1, 2})
	kind := value.Kind()
	builder := strings.Builder{}
	builder.WriteString("built")
	huge := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)
	people := []string{"z", "a"}
	sort.Slice(people, func(i, j int) bool {
		return people[i] < people[j] //@stop
	})
	//@eval lasts
	//@eval month
	//@eval kind
	//@eval time.Hour
	//@eval lasts / 60
	//@eval builder.buf
	//@eval people
	return fmt.Sprint(when, lasts, month, value, kind, builder.String(), huge, people) //@stop
}

func main() {
	sum := numbers()
	count := texts()
	size := collections()
	shape := pointers()
	text := library()
	fmt.Println(sum, count, size, shape.Area() > 12, text, len(global), matrix, banner == "", callback == nil) //@stop
}
