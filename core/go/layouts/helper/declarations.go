package main

import (
	"go/constant"
	"go/token"
	"go/types"
	"sort"
)

// variable is one that is declared inside of a function. Lines and columns are 1-based, columns in bytes.
type variable struct {
	Name string `json:"name"`
	Type int    `json:"type"`
	// File is an index into output.Files.
	File   int `json:"file"`
	Line   int `json:"line"`
	Column int `json:"column"`
	// ScopeLine and ScopeEnd are the lines where the innermost block around it begins and ends.
	ScopeLine int `json:"scopeLine"`
	ScopeEnd  int `json:"scopeEnd"`
	// Depth counts the blocks around it, inside of the outermost function.
	Depth int `json:"depth"`
	// Parameter is set for receivers, parameters and results.
	Parameter bool `json:"parameter,omitempty"`
}

// global is a variable of a package of the user.
type global struct {
	// Name as the linker spells it.
	Name string `json:"name"`
	Type int    `json:"type"`
}

type constantOf struct {
	// Name as the linker spells it.
	Name string `json:"name"`
	// Value in decimal.
	Value string `json:"value"`
}

// variables are sorted by place.
func (p *program) variables(table *typeTable) ([]string, []variable) {
	var objects []*types.Var
	for _, user := range p.users {
		add := func(object types.Object) {
			v, ok := object.(*types.Var)
			if !ok || v.IsField() || v.Name() == "" || v.Name() == "_" || v.Parent() == nil || v.Parent() == user.types.Scope() {
				return
			}
			objects = append(objects, v)
		}
		for _, object := range user.info.Defs {
			add(object)
		}
		// The variable of a type switch is another one in each clause.
		for _, object := range user.info.Implicits {
			add(object)
		}
	}
	sort.Slice(objects, func(i, j int) bool {
		if objects[i].Pos() != objects[j].Pos() {
			return objects[i].Pos() < objects[j].Pos()
		}
		return objects[i].Parent().Pos() < objects[j].Parent().Pos()
	})
	files := []string{}
	fileIDs := map[string]int{}
	list := []variable{}
	for _, v := range objects {
		at := p.files.Position(v.Pos())
		file, known := fileIDs[at.Filename]
		if !known {
			file = len(files)
			fileIDs[at.Filename] = file
			files = append(files, at.Filename)
		}
		list = append(list, variable{
			Name:      v.Name(),
			Type:      table.id(v.Type()),
			File:      file,
			Line:      at.Line,
			Column:    at.Column,
			ScopeLine: p.files.Position(v.Parent().Pos()).Line,
			ScopeEnd:  p.files.Position(v.Parent().End()).Line,
			Depth:     depth(v.Parent(), v.Pkg().Scope()),
			Parameter: v.Pos() < v.Parent().Pos(),
		})
	}
	return files, list
}

func depth(scope, outermost *types.Scope) int {
	count := 0
	for ; scope != nil && scope != outermost; scope = scope.Parent() {
		count++
	}
	return count
}

func (p *program) globals(table *typeTable) []global {
	list := []global{}
	for _, user := range p.users {
		scope := user.types.Scope()
		for _, name := range scope.Names() {
			if v, ok := scope.Lookup(name).(*types.Var); ok {
				list = append(list, global{linkPath(user.types) + "." + name, table.id(v.Type())})
			}
		}
	}
	return list
}

// constants are those of defined integer types, by name of the type, in the order of their declaration: what a value
// of such a type is called. They may stand in another package than the type.
func (p *program) constants() map[string][]constantOf {
	type place struct {
		types.Object
		at token.Position
	}
	found := map[string][]constantOf{}
	for _, path := range p.paths {
		pkg, err := p.Import(path)
		if err != nil {
			continue
		}
		var objects []place
		for _, name := range pkg.Scope().Names() {
			if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok && name != "_" && isDefinedInteger(c.Type()) {
				objects = append(objects, place{c, p.files.Position(c.Pos())})
			}
		}
		sort.SliceStable(objects, func(i, j int) bool {
			a, b := objects[i].at, objects[j].at
			if a.Filename != b.Filename {
				return a.Filename < b.Filename
			}
			return a.Offset < b.Offset
		})
		for _, object := range objects {
			c := object.Object.(*types.Const)
			of := linkName(c.Type())
			found[of] = append(found[of], constantOf{linkPath(pkg) + "." + c.Name(), constant.ToInt(c.Val()).ExactString()})
		}
	}
	return found
}

func isDefinedInteger(t types.Type) bool {
	named, isNamed := types.Unalias(t).(*types.Named)
	if !isNamed || named.Obj().Pkg() == nil {
		return false
	}
	basic, isBasic := named.Underlying().(*types.Basic)
	return isBasic && basic.Info()&types.IsInteger != 0
}
