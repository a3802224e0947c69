package main

import (
	"go/types"
)

// Layout says how a type lies in memory. Which fields count depends on Kind: the name of a basic type, or one of
// ptr, slice, array, chan, map, func, iface, eface, struct, tuple and param (its size depends on a type parameter).
type Layout struct {
	Name   string  `json:"name"`
	Kind   string  `json:"kind"`
	Size   int64   `json:"size"`
	Align  int64   `json:"align"`
	Elem   int     `json:"elem,omitempty"`
	Key    int     `json:"key,omitempty"`
	Len    int64   `json:"len,omitempty"`
	Fields []Field `json:"fields,omitempty"`
}

// Field is a field of a struct; Offset counts bytes from the struct's start.
type Field struct {
	Name     string `json:"name"`
	Offset   int64  `json:"offset"`
	Type     int    `json:"type"`
	Embedded bool   `json:"embedded,omitempty"`
}

// layoutTable numbers types; identical types share a number.
type layoutTable struct {
	sizes   types.Sizes
	layouts []*Layout
	known   map[string][]numberedType
}

type numberedType struct {
	typ    types.Type
	number int
}

func newLayoutTable() *layoutTable {
	return &layoutTable{
		sizes:   types.SizesFor("gc", "wasm"),
		layouts: []*Layout{{Kind: "none"}},
		known:   map[string][]numberedType{},
	}
}

// number returns the index of t's layout, which it adds with all types that it is made of.
func (table *layoutTable) number(t types.Type) int {
	t = types.Unalias(t)
	// Local types of several functions may share a name.
	name := types.TypeString(t, nil)
	for _, known := range table.known[name] {
		if types.Identical(known.typ, t) {
			return known.number
		}
	}
	number := len(table.layouts)
	layout := &Layout{Name: name}
	// A type may contain pointers to itself, so it has its number before its parts are looked at.
	table.layouts = append(table.layouts, layout)
	table.known[name] = append(table.known[name], numberedType{t, number})
	if isParametric(t, nil) {
		layout.Kind = "param"
		return number
	}
	layout.Size, layout.Align = table.sizes.Sizeof(t), table.sizes.Alignof(t)
	table.describe(layout, t.Underlying())
	return number
}

func (table *layoutTable) describe(layout *Layout, underlying types.Type) {
	switch t := underlying.(type) {
	case *types.Basic:
		layout.Kind = t.Name()
	case *types.Pointer:
		layout.Kind, layout.Elem = "ptr", table.number(t.Elem())
	case *types.Slice:
		layout.Kind, layout.Elem = "slice", table.number(t.Elem())
	case *types.Array:
		layout.Kind, layout.Elem, layout.Len = "array", table.number(t.Elem()), t.Len()
	case *types.Chan:
		layout.Kind, layout.Elem = "chan", table.number(t.Elem())
	case *types.Map:
		layout.Kind, layout.Key, layout.Elem = "map", table.number(t.Key()), table.number(t.Elem())
	case *types.Signature:
		layout.Kind = "func"
	case *types.Interface:
		layout.Kind = "iface"
		if t.NumMethods() == 0 {
			layout.Kind = "eface"
		}
	case *types.Struct:
		layout.Kind = "struct"
		table.describeFields(layout, t)
	default:
		layout.Kind = "tuple"
	}
}

func (table *layoutTable) describeFields(layout *Layout, t *types.Struct) {
	fields := make([]*types.Var, t.NumFields())
	for i := range fields {
		fields[i] = t.Field(i)
	}
	for i, offset := range table.sizes.Offsetsof(fields) {
		field := fields[i]
		layout.Fields = append(layout.Fields, Field{field.Name(), offset, table.number(field.Type()), field.Embedded()})
	}
}

// isParametric reports whether the size of t depends on a type parameter, or whether t has no size.
// What t is made of by value is finite but for instances that contain themselves, which seen catches.
func isParametric(t types.Type, seen []types.Type) bool {
	t = types.Unalias(t)
	for _, s := range seen {
		if s == t {
			return false
		}
	}
	seen = append(seen, t)
	switch u := t.(type) {
	case *types.TypeParam, *types.Tuple:
		return true
	case *types.Named:
		for i := range u.TypeArgs().Len() {
			if isParametric(u.TypeArgs().At(i), seen) {
				return true
			}
		}
		// The generic type itself.
		return u.TypeParams().Len() > u.TypeArgs().Len()
	case *types.Array:
		return isParametric(u.Elem(), seen)
	case *types.Struct:
		for i := range u.NumFields() {
			if isParametric(u.Field(i).Type(), seen) {
				return true
			}
		}
	}
	return false
}
