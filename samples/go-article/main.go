//go:build wasip1

// Package main holds three exports in the form in which articles about Go's WebAssembly support like to print them.
// None of them is right: the compiler refuses the first two, and the third works until the garbage collector runs.
// The editor says why, and its quick fixes (Ctrl+.) end in a module that builds and runs:
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -o article.wasm .
package main

import "unsafe"

// Request comes from the host, which does not know how Go lays out a string.
type Request struct {
	Name  string
	Count int
}

// Response goes to the host.
type Response struct {
	Text  string
	Score float64
}

// process: neither struct has structs.HostLayout, and a string in one has no place in the host's memory.
//
//go:wasmexport process
func process(req *Request) *Response {
	return &Response{Text: "hello, " + req.Name, Score: float64(req.Count) * 1.5}
}

// safeCall: the host's functions have one result.
//
//go:wasmexport safe_call
func safeCall() (int32, uint32) {
	return -7, 42
}

// alloc: a uintptr keeps nothing alive, so the buffer is free to go when alloc returns.
//
//go:wasmexport alloc
func alloc(size int32) uintptr {
	buffer := make([]byte, size)
	return uintptr(unsafe.Pointer(&buffer[0]))
}

func main() {}
