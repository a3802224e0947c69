package main

import "go/types"

// function is one that a call by name may mean.
type function struct {
	// Name as the function table of a program has it.
	Name string `json:"name"`
	// Params begin with the receiver of a method.
	Params  []parameter `json:"params"`
	Results []parameter `json:"results"`
}

type parameter struct {
	Name string `json:"name"`
	Type int    `json:"type"`
}

// functions are those of the packages that were read from source, and the methods of their types; none that is generic.
func (p *program) functions(table *typeTable) []function {
	list := []function{}
	add := func(prefix string, object *types.Func) {
		signature := object.Signature()
		if signature.TypeParams().Len() > 0 || signature.RecvTypeParams().Len() > 0 {
			return
		}
		f := function{Name: prefix + object.Name(), Params: []parameter{}, Results: table.parameters(signature.Results())}
		if receiver := signature.Recv(); receiver != nil {
			f.Params = append(f.Params, parameter{receiver.Name(), table.id(receiver.Type())})
		}
		f.Params = append(f.Params, table.parameters(signature.Params())...)
		list = append(list, f)
	}
	for _, user := range p.users {
		path := linkPath(user.types)
		for _, object := range p.sorted(user.types, isFunctionOrPlainType) {
			switch object := object.(type) {
			case *types.Func:
				add(path+".", object)
			case *types.TypeName:
				named := object.Type().(*types.Named)
				for i := range named.NumMethods() {
					method := named.Method(i)
					if _, pointer := method.Signature().Recv().Type().(*types.Pointer); pointer {
						add(path+".(*"+object.Name()+").", method)
					} else {
						add(path+"."+object.Name()+".", method)
					}
				}
			}
		}
	}
	return list
}

func isFunctionOrPlainType(object types.Object) bool {
	_, isFunction := object.(*types.Func)
	return isFunction || isPlainType(object)
}

func (table *typeTable) parameters(vars *types.Tuple) []parameter {
	list := []parameter{}
	for i := range vars.Len() {
		list = append(list, parameter{vars.At(i).Name(), table.id(vars.At(i).Type())})
	}
	return list
}
