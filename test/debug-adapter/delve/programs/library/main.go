// Steps into the standard library and out of it.
package main

import (
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
)

type byLength []string

func (b byLength) Len() int           { return len(b) }
func (b byLength) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLength) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func name() string { return "arg" }

func main() {
	words := []string{"ccc", "a", "bb"}
	//@step stepIn stepOut next
	text := strings.Repeat("ab", 3) //@stop
	//@step stepIn stepOut stepIn
	number, err := strconv.Atoi(text) //@stop
	//@step stepIn
	shown := err.Error() //@stop
	//@step stepIn stepOut stepIn
	fmt.Println(name(), number, shown) //@stop
	//@step stepIn
	sort.Sort(byLength(words)) //@stop
	//@step stepIn stepOut
	wrapped := errors.Unwrap(err) //@stop
	//@step stepIn
	fmt.Println(words, wrapped) //@stop
}
