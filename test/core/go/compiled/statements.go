package main

type T struct{ a int }

func f(xs []int) int {
	//go:wasmexport a
L:
	for i := range xs {
		//go:wasmexport b
		var y int
		_ = y
		if i > 2 {
			//go:wasmexport c
			continue L
		} else if t := (T{1}); t.a > 1 {
			//go:wasmexport d
			const k = 1
		} else {
			//go:wasmexport e
			type z int
		}
		for _, x := range []T{{1}, {2}} {
			//go:wasmexport f
			var w = x
			_ = w
		}
	}
	g := func(a struct{ x int }) func() {
		//go:wasmexport g
		var q int
		_ = q
		return func() {
			//go:wasmexport h
		}
	}
	_ = g
	m := map[string]func(){
		//go:wasmexport i
		"a": func() {
			//go:wasmexport j
			var u int
			_ = u
		},
		"b": func() {
			//go:wasmexport k
			u := 1
			_ = u
		},
	}
	_ = m
	switch x := any(f).(type) {
	//go:wasmexport l
	case int:
		//go:wasmexport m
		var v = x
		_ = v
	default:
		//go:wasmexport n
	}
	select {
	//go:wasmexport o
	default:
		//go:wasmexport p
		type q struct{}
	}
	{
		//go:wasmexport q
		var (
			//go:wasmexport r
			a int
			//go:wasmexport s
		)
		_ = a
	}
	//go:wasmexport t
	switch {
	}
	go func() {
		//go:wasmexport u
		var x int
		_ = x
	}()
	//go:wasmexport v
	return 1 +
		//go:wasmexport w
		2
	//go:wasmexport x
}

func main() {}
