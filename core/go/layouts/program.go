package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Variable is a variable of a user's package. Lines and columns (in bytes) are 1-based; To is the last line of its scope,
// 0 for a variable of the package, which has Package instead.
type Variable struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	To      int    `json:"to,omitempty"`
	Package string `json:"package,omitempty"`
	Name    string `json:"name"`
	Type    int    `json:"type"`
}

// Constant is a constant of a user's package; Value is exact, in Go's syntax.
type Constant struct {
	Variable
	Value string `json:"value"`
}

// rootNames are the types by which the debugger reads goroutines, channels, maps, interfaces and the linked program.
var rootNames = []string{
	"runtime.g", "runtime.m", "runtime.hchan", "runtime.sudog", "runtime.waitq", "runtime.moduledata",
	"runtime._panic", "runtime._defer", "runtime.eface", "runtime.funcval",
	"internal/abi.Type", "internal/abi.ITab", "internal/abi.UncommonType",
	"internal/runtime/maps.Map", "internal/runtime/maps.table", "internal/runtime/maps.groupsReference",
}

type program struct {
	packages  []ListedPackage
	files     *token.FileSet
	importer  types.Importer
	checked   map[string]*types.Package
	table     *layoutTable
	roots     map[string]int
	names     map[string]int
	variables []Variable
	constants []Constant
	problems  []string
}

func newProgram(packages []ListedPackage) *program {
	p := &program{
		packages:  packages,
		files:     token.NewFileSet(),
		checked:   map[string]*types.Package{},
		table:     newLayoutTable(),
		roots:     map[string]int{},
		names:     map[string]int{},
		variables: []Variable{},
		constants: []Constant{},
		problems:  []string{},
	}
	exports := map[string]string{}
	for _, listed := range packages {
		exports[listed.ImportPath] = listed.Export
	}
	p.importer = importer.ForCompiler(p.files, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(exports[path])
	})
	return p
}

func (p *program) output() Output {
	return Output{p.table.layouts, p.roots, p.names, p.variables, p.constants, p.problems}
}

func (p *program) problem(err error) {
	p.problems = append(p.problems, err.Error())
}

// Import prefers packages that were checked from source: these have unexported names too, and the main package, which has no importers.
func (p *program) Import(path string) (*types.Package, error) {
	if checked := p.checked[path]; checked != nil {
		return checked, nil
	}
	return p.importer.Import(path)
}

func (p *program) checkUserPackages() {
	for _, listed := range p.packages {
		if !listed.DepOnly {
			p.check(listed)
		}
	}
}

func (p *program) check(listed ListedPackage) {
	var files []*ast.File
	for _, name := range listed.GoFiles {
		file, err := parser.ParseFile(p.files, filepath.Join(listed.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			p.problem(err)
		}
		if file != nil {
			files = append(files, file)
		}
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{}}
	config := types.Config{Importer: p.importer, Sizes: p.table.sizes, Error: p.problem}
	// Errors have been told one by one; what could be checked is still of use.
	pkg, _ := config.Check(listed.ImportPath, p.files, files, info)
	p.checked[listed.ImportPath] = pkg
	if pkg.Name() == "main" {
		p.checked["main"] = pkg
	}
	p.addObjects(pkg, info)
}

func (p *program) addObjects(pkg *types.Package, info *types.Info) {
	var objects []types.Object
	for _, object := range info.Defs {
		objects = append(objects, object)
	}
	for _, object := range info.Implicits {
		objects = append(objects, object)
	}
	// Maps have no order; the same program must have the same output.
	sort.Slice(objects, func(i, j int) bool {
		a, b := objects[i], objects[j]
		return a != nil && (b == nil || a.Pos() < b.Pos())
	})
	for _, object := range objects {
		if object == nil || object.Parent() == nil || object.Name() == "_" || object.Name() == "" {
			continue
		}
		switch object := object.(type) {
		case *types.Var:
			if !object.IsField() {
				p.variables = append(p.variables, p.declaration(pkg, object))
			}
		case *types.Const:
			p.constants = append(p.constants, Constant{p.declaration(pkg, object), object.Val().ExactString()})
		}
	}
}

func (p *program) declaration(pkg *types.Package, object types.Object) Variable {
	at := p.files.Position(object.Pos())
	v := Variable{File: at.Filename, Line: at.Line, Column: at.Column, Name: object.Name(), Type: p.table.number(object.Type())}
	if object.Parent() == pkg.Scope() {
		v.Package = pkg.Path()
		if pkg.Name() == "main" {
			v.Package = "main"
		}
	} else {
		v.To = p.files.Position(object.Parent().End()).Line
	}
	return v
}

func (p *program) findRoots() {
	for _, name := range rootNames {
		dot := strings.LastIndexByte(name, '.')
		pkg, err := p.importer.Import(name[:dot])
		if err != nil {
			p.problem(err)
			continue
		}
		if object := pkg.Scope().Lookup(name[dot+1:]); object != nil {
			p.roots[name] = p.table.number(object.Type())
		} else {
			p.problem(errors.New(name + " is not in the export data of this version of Go"))
		}
	}
}

func (p *program) resolveNames(names []string) {
	for _, name := range names {
		if t, err := parseTypeName(p, name); err != nil {
			p.problem(fmt.Errorf("the type %s: %w", name, err))
		} else {
			p.names[name] = p.table.number(t)
		}
	}
}
