package main

import (
	"go/token"
	"go/types"
	"net/url"
	"strconv"
	"strings"
)

// resolve finds the type that linkName or the compiler spells so, such as
// "map[string]*example.com/p.Pair[go.shape.int,string]"; nil for what it does not know.
func (p *program) resolve(name string) types.Type {
	parser := &nameParser{text: name, packages: p}
	t := parser.parse()
	if parser.failed || parser.text != "" {
		return nil
	}
	return t
}

// nameParser reads a name from the front of text.
type nameParser struct {
	text     string
	packages types.Importer
	failed   bool
	depth    int
}

// deepest nesting of a type; no program has such, but a damaged file may.
const deepest = 200

func (p *nameParser) take(prefix string) bool {
	rest, found := strings.CutPrefix(p.text, prefix)
	p.text = rest
	return found
}

func (p *nameParser) expect(prefix string) {
	if !p.take(prefix) {
		p.fail()
	}
}

func (p *nameParser) fail() types.Type {
	p.failed = true
	return types.Typ[types.Invalid]
}

func (p *nameParser) parse() types.Type {
	p.depth++
	defer func() { p.depth-- }()
	if p.failed || p.depth > deepest {
		return p.fail()
	}
	// The compiler's marks: a type without an equality function, and one that stands for all of its shape.
	for p.take("noalg.") || p.take("go.shape.") {
	}
	switch {
	case p.take("*"):
		return types.NewPointer(p.parse())
	case p.take("[]"):
		return types.NewSlice(p.parse())
	case p.take("["):
		return p.array()
	case p.take("map["):
		key := p.parse()
		p.expect("]")
		return types.NewMap(key, p.parse())
	case p.take("<-chan "):
		return types.NewChan(types.RecvOnly, p.parse())
	case p.take("chan<- "):
		return types.NewChan(types.SendOnly, p.parse())
	case p.take("chan ("):
		elem := p.parse()
		p.expect(")")
		return types.NewChan(types.SendRecv, elem)
	case p.take("chan "):
		return types.NewChan(types.SendRecv, p.parse())
	case p.take("func"):
		return p.signature()
	case p.take("interface {}"):
		return types.NewInterfaceType(nil, nil)
	case p.take("interface {"):
		return p.methods()
	case p.take("struct {}"):
		return types.NewStruct(nil, nil)
	case p.take("struct {"):
		return p.fields()
	}
	return p.named()
}

func (p *nameParser) array() types.Type {
	length, rest, found := strings.Cut(p.text, "]")
	n, err := strconv.ParseInt(length, 10, 64)
	if !found || err != nil {
		return p.fail()
	}
	p.text = rest
	return types.NewArray(p.parse(), n)
}

func (p *nameParser) signature() types.Type {
	params, variadic := p.tuple()
	var results *types.Tuple
	if strings.HasPrefix(p.text, " (") {
		p.take(" ")
		results, _ = p.tuple()
	} else if len(p.text) > 1 && p.text[0] == ' ' && p.text[1] != '}' && p.text[1] != '"' {
		p.take(" ")
		results = types.NewTuple(types.NewParam(token.NoPos, nil, "", p.parse()))
	}
	if p.failed {
		return p.fail()
	}
	return types.NewSignatureType(nil, nil, nil, params, results, variadic)
}

func (p *nameParser) tuple() (vars *types.Tuple, variadic bool) {
	p.expect("(")
	var list []*types.Var
	for !p.failed && !p.take(")") {
		if len(list) > 0 {
			p.expect(", ")
		}
		variadic = p.take("...")
		t := p.parse()
		if variadic {
			t = types.NewSlice(t)
		}
		list = append(list, types.NewParam(token.NoPos, nil, "", t))
	}
	return types.NewTuple(list...), variadic
}

func (p *nameParser) methods() types.Type {
	var methods []*types.Func
	for !p.failed && !p.take(" }") {
		if len(methods) > 0 {
			p.expect(";")
		}
		p.expect(" ")
		end := strings.IndexByte(p.text, '(')
		if end < 0 {
			return p.fail()
		}
		pkg, name := p.splitName(p.text[:end])
		p.text = p.text[end:]
		signature, ok := p.signature().(*types.Signature)
		if !ok {
			return p.fail()
		}
		methods = append(methods, types.NewFunc(token.NoPos, pkg, name, signature))
	}
	if p.failed {
		return p.fail()
	}
	return types.NewInterfaceType(methods, nil).Complete()
}

func (p *nameParser) fields() types.Type {
	var fields []*types.Var
	var tags []string
	for !p.failed && !p.take(" }") {
		if len(fields) > 0 {
			p.expect(";")
		}
		p.expect(" ")
		pkg, name, embedded := p.fieldName()
		t := p.parse()
		if name == "" {
			name = embeddedName(t)
		}
		tag := ""
		if quoted, err := strconv.QuotedPrefix(strings.TrimPrefix(p.text, " ")); err == nil && p.take(" ") {
			tag, _ = strconv.Unquote(quoted)
			p.take(quoted)
		}
		fields = append(fields, types.NewField(token.NoPos, pkg, name, t, embedded))
		tags = append(tags, tag)
	}
	if p.failed {
		return p.fail()
	}
	return types.NewStruct(fields, tags)
}

// fieldName reads a name if there is one: an embedded field has just its type, or " = " before it.
func (p *nameParser) fieldName() (pkg *types.Package, name string, embedded bool) {
	end := strings.IndexAny(p.text, " ;[]{}()")
	if end <= 0 || p.text[end] != ' ' || strings.HasPrefix(p.text[end:], " }") || strings.HasPrefix(p.text[end:], ` "`) {
		return nil, "", true
	}
	pkg, name = p.splitName(p.text[:end])
	p.text = p.text[end:]
	embedded = p.take(" = ") || !p.take(" ")
	return pkg, name, embedded
}

// splitName splits the name of a field or method, which stands behind its package if it is not exported.
func (p *nameParser) splitName(text string) (*types.Package, string) {
	dot := strings.LastIndexByte(text, '.')
	if dot < 0 {
		return nil, text
	}
	pkg, err := p.packages.Import(unescape(text[:dot]))
	if err != nil {
		p.failed = true
	}
	return pkg, text[dot+1:]
}

func (p *nameParser) named() types.Type {
	end := strings.IndexAny(p.text, "[],;) }")
	if end < 0 {
		end = len(p.text)
	}
	name := p.text[:end]
	p.text = p.text[end:]
	dot := strings.LastIndexByte(name, '.')
	if name == "unsafe.Pointer" {
		return types.Typ[types.UnsafePointer]
	}
	if dot < 0 {
		if object, ok := types.Universe.Lookup(name).(*types.TypeName); ok {
			return object.Type()
		}
		return p.fail()
	}
	pkg, err := p.packages.Import(unescape(name[:dot]))
	if err != nil {
		return p.fail()
	}
	object := findType(pkg, name[dot+1:])
	if object == nil {
		return p.fail()
	}
	if !p.take("[") {
		return object.Type()
	}
	return p.instance(object.Type())
}

func findType(pkg *types.Package, name string) *types.TypeName {
	plain, number, isLocal := strings.Cut(name, "·")
	if !isLocal {
		object, _ := pkg.Scope().Lookup(name).(*types.TypeName)
		return object
	}
	for object, n := range localTypes {
		if object.Pkg() == pkg && object.Name() == plain && strconv.Itoa(n) == number {
			return object
		}
	}
	return nil
}

func (p *nameParser) instance(generic types.Type) types.Type {
	var arguments []types.Type
	for !p.failed && !p.take("]") {
		if len(arguments) > 0 {
			p.expect(",")
		}
		arguments = append(arguments, p.parse())
	}
	named, ok := generic.(*types.Named)
	if p.failed || !ok || named.TypeParams().Len() != len(arguments) {
		return p.fail()
	}
	// Arguments that are shapes need not satisfy the constraints.
	instance, err := types.Instantiate(nil, generic, arguments, false)
	if err != nil {
		return p.fail()
	}
	return instance
}

// unescape is the opposite of what linkPath does.
func unescape(path string) string {
	if plain, err := url.PathUnescape(path); err == nil {
		return plain
	}
	return path
}
