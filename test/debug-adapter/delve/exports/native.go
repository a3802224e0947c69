//go:build !wasm

package main

func main() {
	calls := []func(int32) int32{receives, sleeps, selects, waits, recovers, steps}
	for _, call := range calls {
		println(call(3))
	}
}
