package main

const (
	shifted = 1 << (2 * (iota + 1))
	kept
	inverted = ^-8
	signed   = 6 ^ 3
	cleared  = 7 &^ 2
	halved   = 7.0 / 2.0 * 2
	cut      = 9 / 2 * 2.0
	text     = "\x41\u00e9\U0001F600\101" + `r`
	width    = len("a"+"b") + len(text)
	_, twice = iota, iota * 2
	month    = time(5) + 1
	offset   = 'a' - 'A'
	rest     = -7%4 + 10
)

type time int

//go:wasmexport a
func a(p [shifted]int8, q [kept]int8, r [inverted]int8, s [signed]int8) {}

//go:wasmexport b
func b(p [cleared]int8, q [halved]int8, r [cut]int8, s [width]int8) {}

//go:wasmexport c
func c(p [twice]int8, q [month]int8, r [offset]int8, s [rest]int8, t [^-2]bool) {}

func main() {}
