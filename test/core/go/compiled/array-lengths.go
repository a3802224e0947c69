package main

import "unsafe"

type T struct {
	a byte
	b [5]int16
	p *[7]string
}

type Grid [2][3]T

var (
	grid   Grid
	table  = [...]int32{1, 2, 3}
	listed = [...]struct{ a, b int }{
		{1, 2},
		{3, 4},
	}
	t        = T{}
	pointer  *[9]int
	two, one = [2]int{}, [1]int{}
	number   = 5
)

const (
	word    = unsafe.Sizeof(uintptr(0))
	half    = 0x1p-1
	sixteen = 0x1.8p3 + 4*(2*half)
	least   = min(9, 3.0, 4)
	most    = max(word, 3)
)

//go:wasmexport a
func a(p [word]int8, q [unsafe.Sizeof(T{})]int8, r [unsafe.Alignof(grid)]int8, s [unsafe.Sizeof(grid)]int8) {
}

//go:wasmexport b
func b(p [len(grid)]int8, q [len(grid[1])]int8, r [len(table)]int8, s [cap(listed)]int8) {}

//go:wasmexport c
func c(p [len(t.b)]int8, q [len(t.p)]int8, r [cap(pointer)]int8, s [len(T{}.p)]int8, u [len([1 + 1]string{})]int8) {
}

//go:wasmexport d
func d(p [sixteen]int8, q [least]int8, r [most]int8, s [len(grid[0][1].b) * 2]int8, u [max(1, 2)]int8) {
}

//go:wasmexport e
func e(p [unsafe.Sizeof("")]int8, q [unsafe.Sizeof('a')]int8, r [unsafe.Sizeof(1.5)]int8, s [unsafe.Sizeof(listed[0])]int8, u [unsafe.Sizeof([]T(nil))]int8) {
}

//go:wasmexport f
func f(p [unsafe.Sizeof(number)]int8, q [unsafe.Sizeof(t.a)]int8) {}

func main() { _, _ = two, one }
