// Command hello greets from a goroutine: a plain Go program for WebAssembly, no directive, just `main`.
// Set a breakpoint and press F5 with the launch configuration "Go: hello", which builds it.
//
//	GOOS=wasip1 GOARCH=wasm go build -o hello.wasm .
package main

import (
	"fmt"
	"os"
)

func greet(name string, words chan<- string) {
	text := fmt.Sprintf("Hello, %s!", name)
	words <- text
}

func main() {
	name := "WebAssembly"
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	words := make(chan string)
	go greet(name, words)
	word := <-words
	fmt.Println(word)
}
