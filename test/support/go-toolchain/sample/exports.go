package main

var table = map[int32]int32{}

//go:wasmexport store
func store(key, value int32) int32 {
	table[key] = value
	callers()
	return int32(len(table))
}
