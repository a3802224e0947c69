// Package shapes has types that other packages see by import path.
package shapes

type Unit int

const (
	None Unit = iota
	Meter
	Inch
)

type Pair[K comparable, V any] struct {
	Key   K
	Value V
	next  *Pair[K, V]
}

func (p *Pair[K, V]) Chain(value V) *Pair[K, V] {
	next := &Pair[K, V]{Key: p.Key, Value: value}
	p.next = next
	return p //@chain
}

type Base struct {
	ID   int
	tags map[string]bool
}

type Circle struct {
	Base
	*Ring
	Radius float64 `json:"radius"`
	unit   Unit
}

type Ring struct{ Width int8 }

type List []Circle

type Named map[Unit]string

func New(radius float64) Circle {
	return Circle{Base: Base{7, map[string]bool{"round": true}}, Ring: &Ring{3}, Radius: radius, unit: Inch}
}
