package main

/* a */ /* b
*/
//go:wasmexport a
func a(p int) {}

	/**/
//go:wasmexport b	
func b(p int) { };
//go:wasmexport c
func c(p int) {}
var s = `x
`
//go:wasmexport  e　
func e(p int) {}
//go:wasmexport f 
func f(p int) {}
//go:wasmexport g​
func g(p int) {}
//go:wasmexport h 
func h(p int) {}
//go:wasmimport	m i
func i(p int32) {}
//go:wasmexport	 x
func main() {}
