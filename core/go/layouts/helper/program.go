package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// listedPackage is what go list tells of a package.
type listedPackage struct {
	ImportPath, Export, Dir string
	GoFiles                 []string
	DepOnly, Standard       bool
	Module                  *struct{ Main bool }
}

// isUsers reports whether the package is debugged at its source: it was named, or is part of the main module.
func (p *listedPackage) isUsers(wanted request) bool {
	if p.Standard {
		return wanted.standard && !p.DepOnly
	}
	return !p.DepOnly || p.Module != nil && p.Module.Main
}

// request is what is asked for beyond layouts.
type request struct {
	changes, standard bool
}

// path is the import path without the name of the test that a package was compiled for ("p [p.test]").
func (p *listedPackage) path() string {
	path, _, _ := strings.Cut(p.ImportPath, " ")
	return path
}

// checkedPackage is a package of the user, read from its source.
type checkedPackage struct {
	types *types.Package
	info  *types.Info
	path  string
	// others are the variables of other packages that it mentions.
	others []types.Object
	// changed are its variables that are assigned to behind their declaration; nil where nobody asks.
	changed map[types.Object]bool
}

// program is all that was loaded: export data of every package, and the sources of the user's.
type program struct {
	files    *token.FileSet
	exports  types.Importer
	listed   []*listedPackage
	users    []*checkedPackage
	wanted   request
	problems []string
}

// loadProgram reads the output of go list. A broken package is a problem, not an error: the others are still of use.
func loadProgram(input io.Reader, wanted request) (*program, error) {
	p := &program{files: token.NewFileSet(), wanted: wanted, problems: []string{}}
	export := map[string]string{}
	var users []*listedPackage
	for decoder := json.NewDecoder(input); ; {
		listed := &listedPackage{}
		err := decoder.Decode(listed)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("output of go list: %w", err)
		}
		// A package that was compiled for a test comes besides its plain self; the test links the former.
		if export[listed.path()] == "" || listed.path() != listed.ImportPath {
			export[listed.path()] = listed.Export
		}
		p.listed = append(p.listed, listed)
		if listed.isUsers(wanted) {
			users = append(users, listed)
		}
	}
	p.exports = importer.ForCompiler(p.files, "gc", func(path string) (io.ReadCloser, error) {
		if export[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(export[path])
	})
	for _, listed := range users {
		p.users = append(p.users, p.check(listed))
	}
	return p, nil
}

func (p *program) check(listed *listedPackage) *checkedPackage {
	checked := &checkedPackage{
		info: &types.Info{Defs: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{}},
		path: listed.path(),
	}
	if p.wanted.changes {
		checked.info.Uses = map[*ast.Ident]types.Object{}
		checked.info.Selections = map[*ast.SelectorExpr]*types.Selection{}
	}
	// Errors are collected; a package with some has types nevertheless.
	config := types.Config{Importer: p.exports, Sizes: sizes, Error: p.problem}
	files := p.parse(listed)
	checked.types, _ = config.Check(checked.path, p.files, files, checked.info)
	for _, file := range files {
		checked.others = append(checked.others, mentioned(file, checked.types)...)
	}
	if p.wanted.changes {
		checked.changed = changes(files, checked.info)
	}
	numberLocalTypes(checked.types, checked.info.Defs)
	return checked
}

// checkDeclarations reads a package from its source, without what is inside of functions.
func (p *program) checkDeclarations(listed *listedPackage) *types.Package {
	config := types.Config{Importer: p.exports, Sizes: sizes, IgnoreFuncBodies: true, Error: func(error) {}}
	pkg, _ := config.Check(listed.path(), p.files, p.parse(listed), nil)
	return pkg
}

func (p *program) parse(listed *listedPackage) []*ast.File {
	var files []*ast.File
	for _, name := range listed.GoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(listed.Dir, name)
		}
		file, err := parser.ParseFile(p.files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			p.problem(err)
		}
		if file != nil {
			files = append(files, file)
		}
	}
	return files
}

func (p *program) problem(err error) {
	const most = 50
	if len(p.problems) < most {
		p.problems = append(p.problems, err.Error())
	}
}

// Import finds a package by the path that linker symbols have. What was checked from source comes first: it knows
// package main, and objects inside of functions.
func (p *program) Import(path string) (*types.Package, error) {
	for _, user := range p.users {
		if user.path == path || path == "main" && user.types.Name() == "main" {
			return user.types, nil
		}
	}
	return p.exports.Import(path)
}
