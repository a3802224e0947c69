package main

import (
	. "structs"
	"unsafe"
)

type T struct{ _ HostLayout; x int32 }
type P struct{ x int32 }

//go:wasmimport m a
func (T) a(p int32)

//go:wasmimport m b
func (*T) b(p ...byte)

//go:wasmimport m c
func (t P) c() (x unsafe.Pointer)

//go:wasmimport m d
func _(p int)

//go:wasmimport m e
func _(p int) {}

//go:wasmexport f
func _(p int)

//go:wasmimport gojs d
func g(p int) (string, error)

//go:wasmimport gojs d
func (T) g(p int) (string, error)

//go:wasmimport m h
//go:noescape
func h(p *T, q *P) *P

//go:linkname ln main.other
func ln(p int)

//go:wasmexport ln2
//go:linkname ln2 main.other2
func ln2(p int)

func other2(p int) {}
func other(p int) {}

func main() { ln(1) }
