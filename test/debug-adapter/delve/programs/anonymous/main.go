// Types without names, which the program itself describes: in interfaces, their names stand with the packages of hidden fields.
package main

import (
	"fmt"

	"example.com/anonymous/odd.name/in"
)

type named struct{ v int }
type E struct{ X int }
type Rec struct{ anon *struct{ next *Rec } }
type Recf func(Recf) (Recf, map[string]Recf)

func main() {
	list := []any{
		struct{ a int }{1},
		struct {
			A int    `json:"a,omitempty"`
			b string `tag:"with \"quotes\""`
		}{1, "x"},
		struct {
			named
			*E
			e error
		}{named{1}, nil, nil},
		&struct{ Rec }{},
		[]struct{ p *struct{ q int } }{{}},
		map[struct{ k string }]struct{}{{"x"}: {}},
		struct{}{},
		func(...struct{ v int }) (a, b int) { return },
		func(int, ...named) *E { return nil },
		struct{ error }{},
		struct{ *int }{},
		Recf(nil), func(Recf) {}, []Recf{nil},
		in.Make(),
		in.Hidden(),
		func(struct{ a int }) {},
		struct{ f func(struct{ z int }) error }{},
		make(chan struct{ c int }, 1),
		struct{ i interface{ hidden() } }{},
		struct{ int }{3},
		struct{ fmt.Stringer }{},
		struct {
			_ int
			B bool
		}{},
	}
	//@eval list[16]
	//@eval list[17]
	//@eval list[18]
	//@eval list[19]
	//@eval list[0]
	//@eval list[20]
	//@eval list[21]
	//@eval list[22]
	//@eval list[1]
	//@eval list[2]
	//@eval list[3]
	//@eval list[4]
	//@eval list[5]
	//@eval list[6]
	//@eval list[7]
	//@eval list[8]
	//@eval list[9]
	//@eval list[10]
	//@eval list[11]
	//@eval list[12]
	//@eval list[13]
	//@eval list[14]
	//@eval list[15]
	//@eval list[1]
	fmt.Println(len(list)) //@stop
}
