// Package units has names that the others use, too.
package units

import "fmt"

type Unit string

const (
	Piece Unit = "piece"
	Kilo  Unit = "kg"
)

const Max = 12

var (
	total    = 3
	Default  = Piece
	registry = map[Unit]int{}
)

func init() {
	registry[Kilo] = 1000 //@stop
}

// Convert has a result that a defer changes.
func Convert(n int, to Unit) (text string) {
	defer func() {
		//@eval total
		//@eval registry["kg"]
		text += "!" //@stop
	}()
	total += n
	text = fmt.Sprint(n*registry[to], " ", to)
	return text
}
