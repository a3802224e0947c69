package main

import (
	"go/types"
	"sort"
)

// sizes are those of both wasip1 and js.
var sizes = types.SizesFor("gc", "wasm")

// layout is a type with its place in memory; sizes and offsets are in bytes.
type layout struct {
	// Name is the one that linker symbols and debug information have.
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Size  int64  `json:"size"`
	Align int64  `json:"align"`
	// Named is set for defined types.
	Named   bool    `json:"named,omitempty"`
	Elem    int     `json:"elem,omitempty"`
	Key     int     `json:"key,omitempty"`
	Length  int64   `json:"length,omitempty"`
	Fields  []field `json:"fields,omitempty"`
	Params  []int   `json:"params,omitempty"`
	Results []int   `json:"results,omitempty"`
	// Variadic is set for functions whose last parameter takes any number of arguments.
	Variadic bool `json:"variadic,omitempty"`
	// Direction of a channel: "send" or "receive", or nothing for both.
	Direction string `json:"direction,omitempty"`
	// Methods of an interface, or of a defined type of the user; those of the pointer to it begin with "*".
	Methods   []string `json:"methods,omitempty"`
	Arguments []int    `json:"arguments,omitempty"`
}

type field struct {
	Name     string `json:"name"`
	Type     int    `json:"type"`
	Offset   int64  `json:"offset"`
	Embedded bool   `json:"embedded,omitempty"`
}

type typeTable struct {
	layouts []*layout
	known   map[string][]knownType
	pending []knownType
	working bool
}

type knownType struct {
	typ types.Type
	id  int
}

func newTypeTable() *typeTable {
	return &typeTable{layouts: []*layout{nil}, known: map[string][]knownType{}}
}

// id of a type, which it gets along with everything that it refers to. Types wait in a list, as a chain of them may be
// longer than a stack is deep.
func (table *typeTable) id(t types.Type) int {
	t = types.Unalias(t)
	name := linkName(t)
	for _, known := range table.known[name] {
		if types.Identical(known.typ, t) {
			return known.id
		}
	}
	added := knownType{t, len(table.layouts)}
	table.layouts = append(table.layouts, &layout{Name: name})
	table.known[name] = append(table.known[name], added)
	table.pending = append(table.pending, added)
	if table.working {
		return added.id
	}
	table.working = true
	for len(table.pending) > 0 {
		next := table.pending[0]
		table.pending = table.pending[1:]
		table.describe(table.layouts[next.id], next.typ)
	}
	table.working = false
	return added.id
}

func (table *typeTable) describe(l *layout, t types.Type) {
	if dependsOnParameter(t) {
		l.Kind = "parameter"
		return
	}
	l.Size, l.Align = sizes.Sizeof(t), sizes.Alignof(t)
	if named, ok := t.(*types.Named); ok {
		table.describeName(l, named)
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		l.Kind = basicName(u)
	case *types.Pointer:
		l.Kind, l.Elem = "pointer", table.id(u.Elem())
	case *types.Slice:
		l.Kind, l.Elem = "slice", table.id(u.Elem())
	case *types.Array:
		l.Kind, l.Elem, l.Length = "array", table.id(u.Elem()), u.Len()
	case *types.Map:
		l.Kind, l.Key, l.Elem = "map", table.id(u.Key()), table.id(u.Elem())
	case *types.Chan:
		l.Kind, l.Elem, l.Direction = "chan", table.id(u.Elem()), directions[u.Dir()]
	case *types.Signature:
		l.Kind, l.Variadic = "func", u.Variadic()
		l.Params, l.Results = table.tuple(u.Params()), table.tuple(u.Results())
	case *types.Interface:
		l.Kind = "interface"
		for i := range u.NumMethods() {
			l.Methods = append(l.Methods, u.Method(i).Name())
		}
		sort.Strings(l.Methods)
	case *types.Struct:
		l.Kind = "struct"
		table.describeFields(l, u)
	}
}

var directions = map[types.ChanDir]string{types.SendOnly: "send", types.RecvOnly: "receive"}

func (table *typeTable) describeName(l *layout, named *types.Named) {
	l.Named = true
	for i := range named.NumMethods() {
		method := named.Method(i)
		name := method.Name()
		if _, pointer := method.Signature().Recv().Type().(*types.Pointer); pointer {
			name = "*" + name
		}
		l.Methods = append(l.Methods, name)
	}
	sort.Strings(l.Methods)
	for i := range named.TypeArgs().Len() {
		l.Arguments = append(l.Arguments, table.id(named.TypeArgs().At(i)))
	}
}

func (table *typeTable) describeFields(l *layout, u *types.Struct) {
	fields := make([]*types.Var, u.NumFields())
	for i := range fields {
		fields[i] = u.Field(i)
	}
	for i, offset := range sizes.Offsetsof(fields) {
		f := fields[i]
		l.Fields = append(l.Fields, field{f.Name(), table.id(f.Type()), offset, f.Embedded()})
	}
}

func (table *typeTable) tuple(vars *types.Tuple) []int {
	var ids []int
	for i := range vars.Len() {
		ids = append(ids, table.id(vars.At(i).Type()))
	}
	return ids
}

// dependsOnParameter reports whether the type has no size until a generic function is instantiated.
func dependsOnParameter(t types.Type) bool {
	for pending := []types.Type{t}; len(pending) > 0; {
		last := types.Unalias(pending[len(pending)-1])
		pending = pending[:len(pending)-1]
		switch u := last.(type) {
		case *types.TypeParam:
			return true
		case *types.Named:
			for i := range u.TypeArgs().Len() {
				pending = append(pending, u.TypeArgs().At(i))
			}
			if u.TypeArgs().Len() == 0 && u.TypeParams().Len() > 0 {
				return true
			}
		case *types.Array:
			pending = append(pending, u.Elem())
		case *types.Struct:
			for i := range u.NumFields() {
				pending = append(pending, u.Field(i).Type())
			}
		}
	}
	return false
}
