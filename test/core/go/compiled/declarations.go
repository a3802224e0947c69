package main

var v = func() int {
	//go:wasmexport a
	var x int
	//go:wasmexport b
	return x
}()

var (
	//go:wasmexport c
	w = []func(){
		func() {
			//go:wasmexport d
			type t int
		},
	}
	//go:wasmexport e
	z =
		//go:wasmexport f
		1
)

func f(
	//go:wasmexport g
) (
	//go:wasmexport h
	x int32) {
	//go:wasmexport i
	return 1
}

type (
	//go:wasmexport j
	S struct {
		//go:wasmexport k
		f func(a int,
		//go:wasmexport l
		b int)
	}
)

//go:wasmimport a m
//go:wasmexport m
//go:wasmimport b m
var (
	n int
)

func main() {
	if x := []int{1}; len(x) > 0 {
		//go:wasmexport n
		var y int
		_ = y
	}
	if func() bool { return true }() {
		//go:wasmexport o
		var y int
		_ = y
	}
	for i := 0; i < 3; func() { i++ }() {
		//go:wasmexport p
		var y int
		_ = y
	}
	switch (struct{ a int }{1}) {
	case struct{ a int }{2}:
		//go:wasmexport q
		var y int
		_ = y
	}
	goto end
end:
	//go:wasmexport r
	{
	}
}
