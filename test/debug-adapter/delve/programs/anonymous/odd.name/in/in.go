// Package in has types that only it sees.
package in

type hidden struct{ x, Y int }

func Make() any {
	return struct {
		h int
		H hidden
	}{}
}

func Hidden() any { return &hidden{1, 2} }
