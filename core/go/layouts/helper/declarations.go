package main

import (
	"go/constant"
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
		})
	}
	return files, list
}

// globals are sorted by place, package after package.
func (p *program) globals(table *typeTable) []global {
	list := []global{}
	for _, user := range p.users {
		for _, object := range p.sorted(user.types, isVariable) {
			list = append(list, global{linkPath(user.types) + "." + object.Name(), table.id(object.Type())})
		}
	}
	return list
}

func isVariable(object types.Object) bool {
	_, ok := object.(*types.Var)
	return ok
}

// sorted returns the wanted objects of a package in the order of their declaration.
func (p *program) sorted(pkg *types.Package, wanted func(types.Object) bool) []types.Object {
	var objects []types.Object
	for _, name := range pkg.Scope().Names() {
		if object := pkg.Scope().Lookup(name); wanted(object) {
			objects = append(objects, object)
		}
	}
	sort.SliceStable(objects, func(i, j int) bool {
		a, b := p.files.Position(objects[i].Pos()), p.files.Position(objects[j].Pos())
		if a.Filename != b.Filename {
			return a.Filename < b.Filename
		}
		return a.Offset < b.Offset
	})
	return objects
}

// constants are those of defined integer types, by name of the type, in the order of their declaration: what a value
// of such a type is called. They may stand in another package than the type. Export data has hardly any that are not
// exported, so packages with types that have none at all are read again from their source.
func (p *program) constants(table *typeTable) map[string][]constantOf {
	found := map[string][]constantOf{}
	for _, listed := range p.listed {
		if pkg, err := p.Import(listed.path()); err == nil {
			p.addConstants(found, pkg)
		}
	}
	nameless := map[string]bool{}
	for _, known := range table.known {
		named, isNamed := known[0].typ.(*types.Named)
		if isNamed && isInteger(named) && len(found[linkName(named)]) == 0 {
			nameless[named.Obj().Pkg().Path()] = true
		}
	}
	for _, listed := range p.listed {
		if listed.isUsers() || !nameless[listed.path()] {
			continue
		}
		own := map[string][]constantOf{}
		p.addConstants(own, p.checkDeclarations(listed))
		for name, constants := range own {
			if len(found[name]) < len(constants) {
				found[name] = constants
			}
		}
	}
	return found
}

func (p *program) addConstants(found map[string][]constantOf, pkg *types.Package) {
	for _, object := range p.sorted(pkg, isDefinedInteger) {
		value := constant.ToInt(object.(*types.Const).Val()).ExactString()
		of := linkName(object.Type())
		found[of] = append(found[of], constantOf{linkPath(pkg) + "." + object.Name(), value})
	}
}

// isDefinedInteger reports whether the object is a constant of a defined integer type.
func isDefinedInteger(object types.Object) bool {
	c, ok := object.(*types.Const)
	if !ok {
		return false
	}
	named, ok := types.Unalias(c.Type()).(*types.Named)
	return ok && isInteger(named)
}

func isInteger(named *types.Named) bool {
	basic, ok := named.Underlying().(*types.Basic)
	return ok && named.Obj().Pkg() != nil && basic.Info()&types.IsInteger != 0
}
