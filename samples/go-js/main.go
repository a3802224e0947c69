// Command go-js is a Go program for JavaScript: it calls JavaScript, and JavaScript calls it back.
// It imports syscall/js, so it is built for GOOS=js and run by the wasm_exec.js of the Go toolchain.
// Set a breakpoint in the callback and press F5 with the launch configuration "Go: JavaScript"; js.Value shows the JavaScript value behind it.
//
//	GOOS=js GOARCH=wasm go build -o page.wasm .
package main

import (
	"fmt"
	"syscall/js"
)

// price gives a JavaScript object.
func price(name string, cents int) js.Value {
	item := js.Global().Get("Object").New()
	item.Set("name", name)
	item.Set("cents", cents)
	return item
}

func main() {
	answers := make(chan string)
	onTimer := js.FuncOf(func(_ js.Value, args []js.Value) any {
		item := args[0]
		text := fmt.Sprintf("%s for %d", item.Get("name").String(), item.Get("cents").Int())
		// A callback must not wait: the event loop of JavaScript waits for it.
		go func() { answers <- text }()
		return nil
	})
	defer onTimer.Release()
	js.Global().Call("setTimeout", onTimer, 10, price("tea", 250))
	fmt.Println(<-answers)
}
