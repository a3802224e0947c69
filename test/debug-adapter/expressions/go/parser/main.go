// Command parser answers for each line of standard input what Go's own parser says of it as an expression.
package main

import (
	"bufio"
	"fmt"
	"go/parser"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if _, err := parser.ParseExpr(lines.Text()); err != nil {
			fmt.Println(err)
		} else {
			fmt.Println("ok")
		}
	}
}
