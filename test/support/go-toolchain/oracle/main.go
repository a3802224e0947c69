// What a debugger's line table is compared with: programs that count their own lines, and the lines that the compiler marks for other targets.
//
//	oracle count FILE...     texts of the files in which every statement that has its line to itself prints that line first,
//	                         and every function literal that has its line to itself when it is entered
//	oracle lines EXECUTABLE  lines of the executable's DWARF at which a statement begins
package main

import (
	"debug/dwarf"
	"debug/elf"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"sort"
	"strings"
)

// A Counted file. Lines are those of the statements that print themselves; inserting moves no line.
type Counted struct {
	File  string
	Text  string
	Lines []int
	// Loops are lines of `for` statements, which run more often than they are come to.
	Loops []int
	// Bare lines may have no code: they only branch, declare, throw a value away, or return what is in its place already.
	Bare []int
	// Tagless lines are those of `switch {` and `for {`, whose code is that of what they hold.
	Tagless []int
}

func main() {
	var answer any
	var err error
	switch os.Args[1] {
	case "count":
		answer, err = countAll(os.Args[2:])
	case "lines":
		answer, err = statementLines(os.Args[2])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(answer)
}

func countAll(files []string) ([]Counted, error) {
	var all []Counted
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		all = append(all, count(name, string(text), set, file))
	}
	return all, nil
}

func count(name, text string, set *token.FileSet, file *ast.File) Counted {
	lineOf := func(node ast.Node) int { return set.PositionFor(node.Pos(), false).Line }
	// How many statements, functions and clauses begin or lie on each line.
	busy := map[int]int{}
	var listed []ast.Stmt
	var bodies []*ast.BlockStmt
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			busy[lineOf(node)] += 2
		case *ast.FuncLit:
			bodies = append(bodies, node.Body)
		case *ast.BlockStmt:
			listed = append(listed, node.List...)
		case *ast.CaseClause:
			busy[lineOf(node)]++
			listed = append(listed, node.Body...)
		case *ast.CommClause:
			busy[lineOf(node)]++
			listed = append(listed, node.Body...)
		}
		return true
	})
	for _, statement := range listed {
		busy[lineOf(statement)]++
	}
	counted := Counted{File: name}
	inserted := map[int]string{}
	print := func(pos token.Pos, kind string, line int) {
		inserted[set.PositionFor(pos, false).Offset] += fmt.Sprintf("println(%q);", fmt.Sprintf("@%s %s:%d", kind, name, line))
	}
	for _, statement := range listed {
		line := lineOf(statement)
		if _, labeled := statement.(*ast.LabeledStmt); labeled || busy[line] > 1 {
			continue
		}
		switch {
		case isTagless(statement):
			counted.Tagless = append(counted.Tagless, line)
		case isLoop(statement):
			counted.Loops = append(counted.Loops, line)
		case isBare(statement):
			counted.Bare = append(counted.Bare, line)
		}
		counted.Lines = append(counted.Lines, line)
		print(statement.Pos(), "line", line)
	}
	for _, body := range bodies {
		// A function begins on the line of its word "func".
		if line := lineOf(body); busy[line] == 1 {
			print(body.Lbrace+1, "func", line)
		}
	}
	offsets := []int{}
	for offset := range inserted {
		offsets = append(offsets, offset)
	}
	sort.Ints(offsets)
	var out strings.Builder
	written := 0
	for _, offset := range offsets {
		out.WriteString(text[written:offset] + inserted[offset])
		written = offset
	}
	counted.Text = out.String() + text[written:]
	return counted
}

func isLoop(statement ast.Stmt) bool {
	switch statement.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

func isTagless(statement ast.Stmt) bool {
	switch statement := statement.(type) {
	case *ast.SwitchStmt:
		return statement.Tag == nil
	case *ast.ForStmt:
		return statement.Init == nil && statement.Cond == nil && statement.Post == nil
	}
	return false
}

func isBare(statement ast.Stmt) bool {
	switch statement := statement.(type) {
	case *ast.BranchStmt, *ast.DeclStmt, *ast.EmptyStmt, *ast.BlockStmt, *ast.SelectStmt:
		return true
	case *ast.ReturnStmt:
		for _, result := range statement.Results {
			if _, ok := result.(*ast.Ident); !ok {
				return false
			}
		}
		return true
	case *ast.AssignStmt:
		for _, left := range statement.Lhs {
			if name, ok := left.(*ast.Ident); !ok || name.Name != "_" {
				return false
			}
		}
		return true
	}
	return false
}

func statementLines(executable string) (map[string][]int, error) {
	file, err := elf.Open(executable)
	if err != nil {
		return nil, err
	}
	data, err := file.DWARF()
	if err != nil {
		return nil, err
	}
	found := map[string]map[int]bool{}
	for reader := data.Reader(); ; {
		entry, err := reader.Next()
		if err != nil || entry == nil {
			return sorted(found), err
		}
		if entry.Tag != dwarf.TagCompileUnit {
			reader.SkipChildren()
			continue
		}
		rows, err := data.LineReader(entry)
		if err != nil {
			return nil, err
		}
		for rows != nil {
			var row dwarf.LineEntry
			if err := rows.Next(&row); err == io.EOF {
				break
			} else if err != nil {
				return nil, err
			}
			if !row.IsStmt || row.EndSequence || row.File == nil {
				continue
			}
			if found[row.File.Name] == nil {
				found[row.File.Name] = map[int]bool{}
			}
			found[row.File.Name][row.Line] = true
		}
		reader.SkipChildren()
	}
}

func sorted(found map[string]map[int]bool) map[string][]int {
	lines := map[string][]int{}
	for file, set := range found {
		for line := range set {
			lines[file] = append(lines[file], line)
		}
		sort.Ints(lines[file])
	}
	return lines
}
