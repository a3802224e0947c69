package main

// parse stands for the output of a generator such as goyacc, whose lines are those of the grammar.
func parse(n int) int {
//line grammar/expr.y:10
	n *= 2
	n++
//line /generated/other.y:20
	return n
}
