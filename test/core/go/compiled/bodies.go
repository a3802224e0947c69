package main

//go:wasmexport a
func a(p int)

//go:wasmexport b
func (x int32T) b(p int)

type int32T int32

//go:wasmimport m c
func c[T any](p int) {}

//go:wasmimport m d
func (x int32T) d(p int) {}

//go:wasmimport m e
func init() {}

//go:wasmimport m main
func main() {}

type Gn[T any] struct{}

//go:wasmexport g
func (Gn[T]) g()

//go:wasmimport m h
//go:wasmexport h
func (int32T) h() {}
