package main

type t struct{ x int } //go:wasmexport

func f(p int) { //go:wasmexport a
	_ = p //go:noinline
}

/* x */ //go:build js
var _ t //go:wasmimport	a b

func main() {} //go:wasmexport a b
//go:wasmexport	c
