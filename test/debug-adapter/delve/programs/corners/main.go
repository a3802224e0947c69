// What is easy to get wrong: far times, functions that are called where they stand.
package main

import (
	"fmt"
	"time"
)

func times() string {
	far := time.Date(12345, 1, 2, 3, 4, 5, 0, time.UTC)
	early := time.Date(-44, time.March, 15, 12, 0, 0, 0, time.UTC)
	zero := []time.Time{{}, time.Unix(0, 0).UTC()}
	farthest := time.Unix(1<<62, 0)
	//@eval far
	//@eval early
	return fmt.Sprint(far, early, zero, farthest.IsZero()) //@stop
}

func inPlace() int {
	total, name := 4, "captured"
	product := func(x, y int) (z int) {
		z = x + y + len(name)
		total++
		//@eval z * total
		return z * total //@stop
	}(1, 2)
	defer func(n int) {
		total += n
		//@eval total
		product -= total //@stop
	}(product)
	return product
}

func main() {
	fmt.Println(times(), inPlace())
}
