package main

// Each declaration in this file is wrong on purpose. The comment "wrong:" above it holds the compiler's message and what to write instead.

// Size has no structs.HostLayout, so the compiler may lay its fields out as it likes.
type Size struct {
	Width, Height int32
}

// wrong: go:wasmexport: unsupported parameter type *Size
// Add a field `_ structs.HostLayout` to Size, as Point has it.
//
//go:wasmexport area
func area(size *Size) int32 {
	return size.Width * size.Height
}

// wrong: go:wasmexport: unsupported parameter type int
// The size of int is not fixed; write int32 or int64.
//
//go:wasmexport twice
func twice(n int) int32 {
	return int32(n) * 2
}

// wrong: go:wasmexport: unsupported result type string
// A string can be a parameter, but not a result; see the function text in main.go.
//
//go:wasmexport name
func name() string {
	return "reactor"
}

// wrong: go:wasmexport: too many return values
// WebAssembly could return two, Go's exports cannot; return one, or write through a pointer.
//
//go:wasmexport divide
func divide(a, b int32) (int32, int32) {
	return a / b, a % b
}

// wrong: go:wasmimport: unsupported parameter type []byte
// Pass unsafe.Pointer and a length.
//
//go:wasmimport env send
func send(data []byte)

// wrong: can only use //go:wasmimport with external func implementations
// An import has no body: the host has it.
//
//go:wasmimport env flush
func flush() {}

// wrong: cannot use //go:wasmexport on a method
// Export a function that calls the method.
//
//go:wasmexport perimeter
func (s *Size) perimeter() int32 {
	return 2 * (s.Width + s.Height)
}

// wrong: usage: //go:wasmexport exportname
// The name of the export is missing, or there is more than the name.
//
//go:wasmexport reset all
func reset() {}

func misplaced() {
	// wrong: misplaced go:wasmexport directive
	// The directive belongs above a function, not into it.
	//
	//go:wasmexport misplaced
	reset()
}

// Nothing is wrong for the compiler here, but nothing is exported either: with a space after the slashes it is a plain comment.
//
// go:wasmexport forgotten
func forgotten() {
	misplaced()
}
