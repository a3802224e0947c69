package main

import "structs"

type tz struct { a int64; b struct{} }
type c6 struct { a bool; c complex64; b bool }
type hl struct { a int32; _ structs.HostLayout }
type big struct { x [15]int64; t tz }

//go:wasmexport a
func a(p [14]int64, q tz) {}
//go:wasmexport b
func b(p [15]int64, q tz) {}
//go:wasmexport c
func c(p [14]int64, q c6) {}
//go:wasmexport d
func d(p [15]int64, q bool) bool { return q }
//go:wasmexport e
func e(p [15]int64, q bool, r int32) {}
//go:wasmexport f
func f(p [15]int64, q hl) {}
//go:wasmexport g
func g(p [15]int64, q hl) int8 { return 0 }
//go:wasmexport h
func h(p big) {}
//go:wasmexport i
func i(p [7]string, q any) {}
//go:wasmexport j
func j(p [7]string, q any) *byte { return nil }
//go:wasmexport k
func k(p [127]bool) int8 { return 1 }
//go:wasmexport l
func l(p [120]bool) int8 { return 1 }
//go:wasmexport m
func m(p [5][]int) (int32, string) { return 1, "" }
//go:wasmexport n
func n(p ...string) (r [14]int64) { return }
//go:wasmexport o
func o(p [0]int, q [16]int64) {}
//go:wasmexport p
func p(q [16]int64, p struct{}) {}
func main() {}
