package main

type L[T any] struct{ v T }
type N[K comparable, V any] struct{ l L[V]; k K }
type A [4]int
type B[P *int,] struct{ p P }
type C[P interface{ *int }] struct{ p P }
type D[P ~int | ~string] struct{ p P }
const n = 3
type F [n * 2]int
type G [n]int8

//go:wasmexport a
func a(p *L[int8], q *N[string, bool], r *A, s *B[*int], t C[*int], u *D[int], v *F, w *G) {}

func (l *L[T]) b() {}

func (N[K, V]) c() {}

//go:wasmexport d
func d[T any](p int) {}

//go:wasmexport e
func e[T any, U ~[]T](p int32) U { return nil }


type Shape interface{ Area() float64; scale(L[int8]) }
type Sq[T any] struct{ v T }
func (Sq[T]) Area() float64 { return 0 }
type Tree[K ~int | ~string, V any] struct { left, right *Tree[K, V]; k K; v V }
type Opt[T any] = struct { ok bool; v T }
type Fn[A, B any] func(A, ...A) B
type Ch[T any] chan<- T

//go:wasmexport z
func z(a Tree[int, Shape], b Opt[Opt[int8]], c *Opt[L[int]], d Fn[Ch[any], Opt[byte]], e Ch[Shape], f interface{ Shape; Foo(Fn[int,int]) }, g [n-1]Sq[[n]Opt[rune]], h map[Opt[int8]]struct{ Sq[error] }) {}

func main() { d[L[int]](1) }
