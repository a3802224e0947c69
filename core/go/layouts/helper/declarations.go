package main

import (
	"go/ast"
	"go/constant"
	"go/types"
	"sort"
	"strconv"
	"strings"
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
	// Fixed is a variable that keeps its first value, where that was asked for.
	Fixed bool `json:"fixed,omitempty"`
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
	fixed := map[types.Object]bool{}
	for _, user := range p.users {
		add := func(object types.Object) {
			v, ok := object.(*types.Var)
			if !ok || v.IsField() || v.Name() == "" || v.Name() == "_" || v.Parent() == nil || v.Parent() == user.types.Scope() {
				return
			}
			objects = append(objects, v)
			fixed[v] = user.changed != nil && !user.changed[v]
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
			Fixed:     fixed[v],
		})
	}
	return files, list
}

// globals are sorted by place, package after package; behind them stand those of other packages that the user's code
// mentions, by name.
func (p *program) globals(table *typeTable) []global {
	list := []global{}
	known := map[string]bool{}
	add := func(object types.Object) {
		name := linkPath(object.Pkg()) + "." + object.Name()
		if !known[name] {
			known[name] = true
			list = append(list, global{name, table.id(object.Type())})
		}
	}
	for _, user := range p.users {
		for _, object := range p.sorted(user.types, isVariable) {
			add(object)
		}
	}
	var others []types.Object
	for _, user := range p.users {
		others = append(others, user.others...)
	}
	sort.Slice(others, func(i, j int) bool {
		a, b := others[i], others[j]
		return a.Pkg().Path() < b.Pkg().Path() || a.Pkg() == b.Pkg() && a.Name() < b.Name()
	})
	for _, object := range others {
		add(object)
	}
	return list
}

// addTypes makes the defined types of the user's packages known, also where no variable has them: an expression may.
func (p *program) addTypes(table *typeTable) {
	for _, user := range p.users {
		for _, object := range p.sorted(user.types, isPlainType) {
			table.id(object.Type())
		}
	}
}

func isPlainType(object types.Object) bool {
	name, ok := object.(*types.TypeName)
	if !ok || name.IsAlias() {
		return false
	}
	named, ok := name.Type().(*types.Named)
	return ok && named.TypeParams().Len() == 0
}

// mentioned are the variables of other packages that a file names.
func mentioned(file *ast.File, pkg *types.Package) []types.Object {
	imported := map[string]*types.Package{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		for _, other := range pkg.Imports() {
			if other.Path() != path {
				continue
			}
			name := other.Name()
			if spec.Name != nil {
				name = spec.Name.Name
			}
			imported[name] = other
		}
	}
	var found []types.Object
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if name, ok := selector.X.(*ast.Ident); ok && imported[name.Name] != nil {
			if object := imported[name.Name].Scope().Lookup(selector.Sel.Name); object != nil && isVariable(object) {
				found = append(found, object)
			}
		}
		return true
	})
	return found
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

// constants are those of integer types, by name of the type, in the order of their declaration: what a value of a
// defined type is called, and what expressions may name. They may stand in another package than the type. Export data has hardly any that are not
// exported, so packages with types that have none at all are read again from their source.
func (p *program) constants(table *typeTable) map[string][]constantOf {
	found := map[string][]constantOf{}
	for _, listed := range p.listed {
		if pkg, err := p.Import(listed.path()); err == nil {
			p.addConstants(found, pkg, table)
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
		if listed.isUsers(p.wanted) || !nameless[listed.path()] {
			continue
		}
		own := map[string][]constantOf{}
		p.addConstants(own, p.checkDeclarations(listed), table)
		for name, constants := range own {
			if strings.Contains(name, ".") && len(found[name]) < len(constants) {
				found[name] = constants
			}
		}
	}
	return found
}

func (p *program) addConstants(found map[string][]constantOf, pkg *types.Package, table *typeTable) {
	for _, object := range p.sorted(pkg, isIntegerConstant) {
		t := object.Type()
		value := constant.ToInt(object.(*types.Const).Val())
		if basic, ok := t.(*types.Basic); ok && basic.Info()&types.IsUntyped != 0 {
			// As the compiler's debug information has them (cmd/compile/internal/gc/obj.go, dumpGlobalConst).
			t = types.Typ[types.Int]
			if _, fits := constant.Int64Val(value); !fits {
				continue
			}
		}
		table.id(t)
		of := linkName(t)
		found[of] = append(found[of], constantOf{linkPath(pkg) + "." + object.Name(), value.ExactString()})
	}
}

// isIntegerConstant reports whether the object is a constant of an integer type; untyped runes count as such.
func isIntegerConstant(object types.Object) bool {
	c, ok := object.(*types.Const)
	if !ok {
		return false
	}
	basic, ok := c.Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0 && c.Name() != "_"
}

func isInteger(named *types.Named) bool {
	basic, ok := named.Underlying().(*types.Basic)
	return ok && named.Obj().Pkg() != nil && basic.Info()&types.IsInteger != 0
}
