package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// changes are the variables that code assigns to behind their declaration, or may assign to through a pointer. Some that
// are not may be among them.
func changes(files []*ast.File, info *types.Info) map[types.Object]bool {
	found := map[types.Object]bool{}
	inspect := func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.AssignStmt:
			for _, target := range n.Lhs {
				addChanged(found, info, target)
			}
		case *ast.IncDecStmt:
			addChanged(found, info, n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				addChanged(found, info, n.Key)
				addChanged(found, info, n.Value)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				addChanged(found, info, n.X)
			}
		case *ast.SliceExpr:
			// A slice of an array points into it.
			addChanged(found, info, &ast.IndexExpr{X: n.X})
		case *ast.SelectorExpr:
			if takesAddress(info.Selections[n]) {
				addChanged(found, info, n.X)
			}
		}
		return true
	}
	for _, file := range files {
		ast.Inspect(file, inspect)
	}
	return found
}

// addChanged adds the variable that expr is a part of.
func addChanged(found map[types.Object]bool, info *types.Info, expr ast.Expr) {
	for {
		var of ast.Expr
		switch e := expr.(type) {
		case *ast.Ident:
			if object := info.Uses[e]; object != nil {
				found[object] = true
			}
			return
		case *ast.ParenExpr:
			expr = e.X
			continue
		case *ast.SelectorExpr:
			of = e.X
		case *ast.IndexExpr:
			of = e.X
		default:
			return
		}
		// What a variable only points to is no part of it.
		if ident, ok := of.(*ast.Ident); ok && info.Uses[ident] != nil && pointsElsewhere(info.Uses[ident].Type()) {
			return
		}
		expr = of
	}
}

func pointsElsewhere(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Basic:
		return true
	}
	return false
}

// takesAddress tells of a method whose receiver is a pointer, selected in a value.
func takesAddress(selection *types.Selection) bool {
	if selection == nil || selection.Kind() != types.MethodVal || isPointer(selection.Recv()) {
		return false
	}
	signature, ok := selection.Obj().Type().(*types.Signature)
	return ok && signature.Recv() != nil && isPointer(signature.Recv().Type())
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
