package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strconv"
	"strings"
)

// localTypes are the defined types inside of functions with the numbers that the compiler gives them, one after the
// other through all files of a package (cmd/compile/internal/noder/writer.go, typegen).
var localTypes = map[*types.TypeName]int{}

func numberLocalTypes(pkg *types.Package, defs map[*ast.Ident]types.Object) {
	var names []*types.TypeName
	for _, object := range defs {
		name, ok := object.(*types.TypeName)
		if !ok || name.IsAlias() || name.Parent() == pkg.Scope() {
			continue
		}
		if _, ok := name.Type().(*types.Named); ok {
			names = append(names, name)
		}
	}
	sort.Slice(names, func(i, j int) bool { return names[i].Pos() < names[j].Pos() })
	for i, name := range names {
		localTypes[name] = i + 1
	}
}

// linkName spells a type as linker symbols and debug information do (cmd/compile/internal/types/fmt.go, fmtTypeID):
// with import paths, without names of parameters, with aliases resolved.
func linkName(t types.Type) string {
	w := &nameWriter{}
	w.write(t)
	return w.String()
}

type nameWriter struct {
	strings.Builder
}

func (w *nameWriter) write(t types.Type) {
	switch u := types.Unalias(t).(type) {
	case *types.Basic:
		w.WriteString(basicName(u))
	case *types.Named:
		w.named(u)
	case *types.TypeParam:
		w.WriteString(u.Obj().Name())
	case *types.Pointer:
		w.WriteString("*")
		w.write(u.Elem())
	case *types.Slice:
		w.WriteString("[]")
		w.write(u.Elem())
	case *types.Array:
		w.WriteString("[" + strconv.FormatInt(u.Len(), 10) + "]")
		w.write(u.Elem())
	case *types.Map:
		w.WriteString("map[")
		w.write(u.Key())
		w.WriteString("]")
		w.write(u.Elem())
	case *types.Chan:
		w.channel(u)
	case *types.Signature:
		w.WriteString("func")
		w.signature(u)
	case *types.Interface:
		w.methods(u)
	case *types.Struct:
		w.fields(u)
	default:
		w.WriteString(u.String())
	}
}

// basicName is the name of a basic type; byte and rune are other names of theirs.
func basicName(t *types.Basic) string {
	if t.Kind() == types.UnsafePointer {
		return "unsafe.Pointer"
	}
	return types.Typ[t.Kind()].Name()
}

func (w *nameWriter) named(t *types.Named) {
	object := t.Obj()
	if object.Pkg() != nil {
		w.WriteString(linkPath(object.Pkg()) + ".")
	}
	w.WriteString(object.Name())
	if number, ok := localTypes[t.Origin().Obj()]; ok {
		w.WriteString("·" + strconv.Itoa(number))
	}
	for i := range t.TypeArgs().Len() {
		w.WriteString(map[bool]string{true: "[", false: ","}[i == 0])
		w.write(t.TypeArgs().At(i))
	}
	if t.TypeArgs().Len() > 0 {
		w.WriteString("]")
	}
}

func (w *nameWriter) channel(t *types.Chan) {
	switch t.Dir() {
	case types.SendOnly:
		w.WriteString("chan<- ")
	case types.RecvOnly:
		w.WriteString("<-chan ")
	default:
		w.WriteString("chan ")
	}
	if inner, ok := types.Unalias(t.Elem()).(*types.Chan); ok && t.Dir() == types.SendRecv && inner.Dir() == types.RecvOnly {
		w.WriteString("(")
		w.write(inner)
		w.WriteString(")")
		return
	}
	w.write(t.Elem())
}

func (w *nameWriter) signature(t *types.Signature) {
	w.tuple(t.Params(), t.Variadic())
	switch t.Results().Len() {
	case 0:
	case 1:
		w.WriteString(" ")
		w.write(t.Results().At(0).Type())
	default:
		w.WriteString(" ")
		w.tuple(t.Results(), false)
	}
}

func (w *nameWriter) tuple(vars *types.Tuple, variadic bool) {
	w.WriteString("(")
	for i := range vars.Len() {
		if i > 0 {
			w.WriteString(", ")
		}
		t := vars.At(i).Type()
		if slice, ok := t.Underlying().(*types.Slice); ok && variadic && i == vars.Len()-1 {
			w.WriteString("...")
			t = slice.Elem()
		}
		w.write(t)
	}
	w.WriteString(")")
}

func (w *nameWriter) methods(t *types.Interface) {
	if t.NumMethods() == 0 {
		w.WriteString("interface {}")
		return
	}
	// The compiler's order: exported ones by name, then the others by package and name (types.Sym.Less).
	methods := make([]*types.Func, t.NumMethods())
	for i := range methods {
		methods[i] = t.Method(i)
	}
	sort.SliceStable(methods, func(i, j int) bool {
		a, b := methods[i], methods[j]
		if a.Exported() != b.Exported() {
			return a.Exported()
		}
		return a.Name() < b.Name()
	})
	w.WriteString("interface {")
	for i, method := range methods {
		if i > 0 {
			w.WriteString(";")
		}
		w.WriteString(" " + qualified(method))
		w.signature(method.Signature())
	}
	w.WriteString(" }")
}

func (w *nameWriter) fields(t *types.Struct) {
	if t.NumFields() == 0 {
		w.WriteString("struct {}")
		return
	}
	w.WriteString("struct {")
	for i := range t.NumFields() {
		if i > 0 {
			w.WriteString(";")
		}
		w.WriteString(" ")
		f := t.Field(i)
		if !f.Embedded() {
			w.WriteString(qualified(f) + " ")
		} else if embeddedName(f.Type()) != f.Name() {
			w.WriteString(qualified(f) + " = ")
		}
		w.write(f.Type())
		if tag := t.Tag(i); tag != "" {
			w.WriteString(" " + strconv.Quote(tag))
		}
	}
	w.WriteString(" }")
}

// embeddedName is the name that a field gets from its type.
func embeddedName(t types.Type) string {
	t = types.Unalias(t)
	if pointer, ok := t.(*types.Pointer); ok {
		t = types.Unalias(pointer.Elem())
	}
	switch u := t.(type) {
	case *types.Named:
		return u.Obj().Name()
	case *types.Basic:
		return basicName(u)
	}
	return ""
}

// qualified is the name of a field or method, which belongs to its package if it is not exported.
func qualified(object types.Object) string {
	if token.IsExported(object.Name()) || object.Pkg() == nil {
		return object.Name()
	}
	return linkPath(object.Pkg()) + "." + object.Name()
}

// linkPath is the import path with some characters escaped (cmd/internal/objabi.PathToPrefix).
func linkPath(p *types.Package) string {
	if p.Name() == "main" {
		return "main"
	}
	path := p.Path()
	slash := strings.LastIndexByte(path, '/')
	var escaped strings.Builder
	for i := range len(path) {
		c := path[i]
		if c <= ' ' || c == '.' && i > slash || c == '%' || c == '"' || c >= 0x7f {
			fmt.Fprintf(&escaped, "%%%02x", c)
		} else {
			escaped.WriteByte(c)
		}
	}
	return escaped.String()
}
