//go:build wasm

package main

func main() {}
