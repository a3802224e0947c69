// A program for JavaScript: callbacks, promises, timers, values of both sides.
package main

import (
	"fmt"
	"os"
	"syscall/js"
	"time"

	"example.com/page/dom"
)

func main() {
	fmt.Println("args", os.Args[1:], os.Getenv("WHO"))
	numbers := make(chan int)
	onNumber := js.FuncOf(func(this js.Value, args []js.Value) any {
		first := args[0].Int()
		double := first * 2 //@callback
		go func() { numbers <- double }()
		return double
	})
	defer onNumber.Release()
	js.Global().Call("setTimeout", onNumber, 5, 21)
	fmt.Println("from a timer", <-numbers) //@timer
	point := dom.Object("x", 3, "label", "here")
	list := js.Global().Get("Array").New(1, 2, 3)
	text, number, nothing, null := js.ValueOf("héllo"), js.ValueOf(1.5), js.Undefined(), js.Null()
	returned := onNumber.Invoke(4).Int()
	fmt.Println("sum", returned, <-numbers, point.Get("x").Int()) //@values
	promise := js.Global().Get("Promise").Call("resolve", 7)
	promise.Call("then", onNumber)
	fmt.Println("from a promise", <-numbers)
	time.Sleep(time.Millisecond) //@sleep
	_, _, _, _, _ = list, text, number, nothing, null
	if len(os.Args) > 1 && os.Args[1] == "throw" {
		js.Global().Call("eval", "null.missing")
	}
	if len(os.Args) > 1 && os.Args[1] == "read" {
		var word string
		if _, err := fmt.Scan(&word); err != nil {
			word = err.Error()
		}
		fmt.Println("read", word)
	}
	if len(os.Args) > 1 && os.Args[1] == "idle" {
		fmt.Println("idle")
		js.Global().Call("setTimeout", onNumber, 2000, 1)
		<-numbers //@idle
	}
	if len(os.Args) > 1 && os.Args[1] == "wait" {
		<-numbers
	}
	os.Exit(3)
}
