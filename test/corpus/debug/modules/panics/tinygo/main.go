// TinyGo fixture: panics with values of several types, one for each argument.
package main

import (
	"errors"
	"os"
)

type Code int

type Failure struct{ Code int }

func (f *Failure) Error() string { return "failure" }

func main() {
	switch os.Args[1] {
	case "text":
		panic("plain text") //@text
	case "number":
		panic(42) //@number
	case "named":
		panic(Code(7)) //@named
	case "error":
		panic(errors.New("an error")) //@error
	case "nil":
		var p *Failure
		println(p.Code) //@nil
	case "map":
		var m map[string]int
		m["a"] = 1 //@map
	case "divide":
		println(10 / (len(os.Args) - 2)) //@divide
	}
}
