// Command hello is a plain Go program for WebAssembly: no directive, just `main`.
//
//	GOOS=wasip1 GOARCH=wasm go build -o hello.wasm .
package main

import (
	"fmt"
	"os"
)

func main() {
	name := "WebAssembly"
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	fmt.Printf("Hello, %s!\n", name)
}
