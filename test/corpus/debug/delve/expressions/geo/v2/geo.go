package geo

import "example.com/expressions/geo/inner"

type Point struct{ X, Y int }

func (p Point) Sum() int    { return p.X + p.Y }
func (p *Point) Move(d int) { p.X += d }

type Named struct {
	Point
	*Label
	Unit inner.Unit
}

type Label struct{ Text string }

type Box[T any] struct{ V T }

var Origin = Point{1, 2}
var last *Point

func Touch(p *Point) *Point { last = p; return last }
