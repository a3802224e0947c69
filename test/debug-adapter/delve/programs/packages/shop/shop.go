package shop

import (
	"errors"

	u "example.com/packages/internal/units"
)

var total = "shop total"

type Item struct {
	Name string
	Unit u.Unit
	n    int
}

type Cart struct {
	items []Item
	Limit int
}

var ErrFull = errors.New("full")

// Add is called until the cart is full.
func (c *Cart) Add(name string, n int, unit u.Unit) error {
	if len(c.items) >= c.Limit {
		//@eval ErrFull
		return ErrFull //@stop
	}
	item := Item{name, unit, n}
	c.items = append(c.items, item)
	//@eval total
	//@eval c.items[0].Name
	//@eval item.Unit == "kg"
	return nil //@stop
}

// Each hands out copies.
func (c *Cart) Each(f func(int, Item)) {
	for i, item := range c.items {
		f(i, item)
	}
}
