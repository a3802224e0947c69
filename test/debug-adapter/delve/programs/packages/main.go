// Several packages that use the same names.
package main

import (
	"fmt"

	"example.com/packages/internal/units"
	"example.com/packages/shop"
)

var total = 1.5

func main() {
	cart := shop.Cart{Limit: 2}
	for _, name := range []string{"apple", "pear", "plum"} {
		if err := cart.Add(name, len(name), units.Kilo); err != nil {
			//@eval err
			//@eval total
			//@eval shop.total
			//@eval units.total
			//@eval units.Max
			//@eval units.Default
			//@eval shop.ErrFull == err
			//@eval cart.items[1].n
			//@eval units.Kilo
			//@eval units.nothing
			fmt.Println(name, err) //@stop
		}
	}
	cart.Each(func(i int, item shop.Item) {
		//@eval item.n * 2
		//@step next stepOut
		fmt.Println(i, units.Convert(i+1, item.Unit)) //@stop
	})
}
