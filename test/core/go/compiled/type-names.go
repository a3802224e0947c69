package lib

import (
	"io"
	st "structs"
	"time"
	"unsafe"
)

type E struct{ _ st.HostLayout; x int32 }
type Al = E
type Gen[T any] struct{ _ st.HostLayout; a T }
type Pt = *Gen[int8]
type Rec struct { next *Rec; kids []Rec }
type R2[T any] struct { next *R2[T] }
type GA[T any] = map[string]T
type I interface { io.Reader; hidden(byte) rune; Aa(); zz(any) }
type Byte = byte
type Named byte
type Arr [3]Named
const ( c0 = iota; _; c2; c3 = 1 << iota )
const F = 2.5
const D int = 7
const S = "h\u00e9\x41" + "b"

//go:wasmexport f1
func f1(a []Al, b *struct { Al; x int8 }, c Pt, d GA[Byte], e Gen[Byte], g Gen[Al], h *Rec, i R2[int]) {}

//go:wasmexport f2
func f2(a [c2]int, b [c3]int, c [2*F]int, d [D/2]int, e [7/2*1.0]int, f [len(S)]int, g [1e1]int, h [07]int, i [0b11|4&^1]int, j ['\n']int) {}

//go:wasmexport f3
func f3(a I, b interface{ I; Foo() }, c struct{ I; io.Reader; *E; Byte; error; any }) {}

//go:wasmexport f4
func f4(a Gen[struct{ Al; b Byte; Named; io.Reader; *E; error }], b Gen[I], c Gen[interface{ I }], d Gen[func(...Byte) chan<- (<-chan any)]) {}

//go:wasmexport f5
func f5(a chan (<-chan int), b chan<- chan int, c <-chan (chan<- int), d chan func() <-chan int, e func(a, b int, c ...any) (x, y error), f func() (x int), g func() func()) {}

//go:wasmexport f6
func f6(a *Arr, b *[2]Arr, c *Named, d Arr, e *time.Duration, f *time.Time, g time.Weekday, h unsafe.Pointer, i *struct{ a [0]st.HostLayout; st.HostLayout }) {}

//go:wasmexport f7
func f7(a struct { A int `json:"a\tb"`; B string "x\u00e9\x01\n`" ; C, D bool `` }, b *struct{ _ st.HostLayout; A int }) {}

//go:wasmexport f8
func f8(a [2]struct{ a complex64; b bool; c struct{} }, b map[[2]string]*Gen[*Gen[Named]], c Gen[Gen[Gen[int]]]) {}

//go:wasmexport f9
func f9(a [unsafe.Sizeof(int32(0))]int, b [len([3]int{})]int, c *GA[int], d Gen[GA[I]]) {}

type local interface{ m() }

//go:wasmexport f10
func f10(a Gen[local], b []interface{ m(); M(Byte, rune) }, c interface{ interface{ B() }; A() ; local}, d interface{ a(interface{ b(Byte); C(Byte) }, Byte) ; B(Byte) }) {}

type Ω struct{ x int }
type ñandú struct{ x int }

//go:wasmexport f11
func f11(a Ω, b ñandú, c Gen[ñandú], d struct { ñ int; Ñ int }, e Gen[struct{ñ int; Ñ int; _ bool}]) {}
