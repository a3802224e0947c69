// Package main is a WASI reactor: a host loads the module once, calls _initialize, and then its exports as often as it likes.
//
// Everything in this file is right. The file mistakes.go shows what the compiler refuses, and must be deleted or corrected
// before the module can be built:
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -o reactor.wasm .
package main

import (
	"structs"
	"unsafe"
)

// Point crosses the border by its address, so its memory layout must be the host's: the field _ of type structs.HostLayout says so.
type Point struct {
	_    structs.HostLayout
	X, Y int32
}

// logText is an import: the host provides it, and Go declares it without a body. A string becomes two parameters, address and length.
//
//go:wasmimport env log_text
func logText(text string)

// now returns nanoseconds since 1970.
//
//go:wasmimport env now
func now() int64

// add shows the numeric types that exports may have: int32, int64, uint32, uint64, float32 and float64, and bool.
//
//go:wasmexport add
func add(a, b int32) int32 {
	return a + b
}

//go:wasmexport scale
func scale(value float64, twice bool) float64 {
	if twice {
		value *= 2
	}
	return value
}

// move takes a pointer to a struct with the host's layout.
//
//go:wasmexport move
func move(point *Point, dx, dy int32) *Point {
	point.X += dx
	point.Y += dy
	return point
}

// greet takes a string; the host passes its address and length.
//
//go:wasmexport greet
func greet(name string) {
	logText("hello, " + name)
}

// text returns a string in the way that works: its address here, its length by a function of its own.
//
//go:wasmexport text
func text() unsafe.Pointer {
	return unsafe.Pointer(unsafe.StringData(answer))
}

//go:wasmexport text_length
func textLength() int32 {
	return int32(len(answer))
}

//go:wasmexport elapsed
func elapsed(since int64) int64 {
	return now() - since
}

var answer = "forty-two"

// A reactor's main is never called, but package main must have it.
func main() {}
