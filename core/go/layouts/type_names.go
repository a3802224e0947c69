package main

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// parseTypeName finds the type that the compiler calls text in debug information and symbols, such as
// map[string]*example.com/p.Pair[go.shape.int,string].
func parseTypeName(importer types.Importer, text string) (types.Type, error) {
	p := &typeNameParser{rest: text, importer: importer}
	t, err := p.parse(0)
	if err == nil && p.rest != "" {
		err = fmt.Errorf("cannot read %q", p.rest)
	}
	return t, err
}

// deepest is far beyond what people nest, and far below what a stack holds.
const deepest = 1000

type typeNameParser struct {
	rest     string
	importer types.Importer
}

func (p *typeNameParser) eat(prefix string) bool {
	rest, found := strings.CutPrefix(p.rest, prefix)
	p.rest = rest
	return found
}

func (p *typeNameParser) parse(depth int) (types.Type, error) {
	if depth > deepest {
		return nil, errors.New("it is nested too deeply")
	}
	// Shapes stand for all types of one layout; noalg types cannot be compared. Neither changes the layout.
	for p.eat("noalg.") || p.eat("go.shape.") {
	}
	switch {
	case p.eat("*"):
		return p.wrap(depth, func(t types.Type) types.Type { return types.NewPointer(t) })
	case p.eat("[]"):
		return p.wrap(depth, func(t types.Type) types.Type { return types.NewSlice(t) })
	case p.eat("map["):
		return p.parseMap(depth)
	case p.eat("["):
		return p.parseArray(depth)
	case p.eat("<-chan "):
		return p.wrap(depth, func(t types.Type) types.Type { return types.NewChan(types.RecvOnly, t) })
	case p.eat("chan<- "):
		return p.wrap(depth, func(t types.Type) types.Type { return types.NewChan(types.SendOnly, t) })
	case p.eat("chan ("):
		t, err := p.wrap(depth, func(t types.Type) types.Type { return types.NewChan(types.SendRecv, t) })
		return p.closed(t, err, ")")
	case p.eat("chan "):
		return p.wrap(depth, func(t types.Type) types.Type { return types.NewChan(types.SendRecv, t) })
	case p.eat("func("):
		return p.parseFunc(depth)
	case p.eat("interface {}"):
		return types.NewInterfaceType(nil, nil), nil
	case p.eat("interface { "):
		// The methods do not change the layout, only that there are some.
		return types.Universe.Lookup("error").Type().Underlying(), p.skipBracket()
	case p.eat("struct {}"):
		return types.NewStruct(nil, nil), nil
	case p.eat("struct { "):
		return p.parseStruct(depth)
	}
	return p.parseNamed(depth)
}

func (p *typeNameParser) wrap(depth int, build func(types.Type) types.Type) (types.Type, error) {
	t, err := p.parse(depth + 1)
	if err != nil {
		return nil, err
	}
	return build(t), nil
}

func (p *typeNameParser) closed(t types.Type, err error, bracket string) (types.Type, error) {
	if err == nil && !p.eat(bracket) {
		err = fmt.Errorf("%q is missing before %q", bracket, p.rest)
	}
	return t, err
}

func (p *typeNameParser) parseMap(depth int) (types.Type, error) {
	key, err := p.parse(depth + 1)
	if key, err = p.closed(key, err, "]"); err != nil {
		return nil, err
	}
	return p.wrap(depth, func(t types.Type) types.Type { return types.NewMap(key, t) })
}

func (p *typeNameParser) parseArray(depth int) (types.Type, error) {
	length, rest, found := strings.Cut(p.rest, "]")
	count, err := strconv.ParseInt(length, 10, 64)
	if !found || err != nil {
		return nil, errors.New("an array has no length")
	}
	p.rest = rest
	return p.wrap(depth, func(t types.Type) types.Type { return types.NewArray(t, count) })
}

// parseFunc reads over parameters and results: a function value is one pointer, whatever its signature.
func (p *typeNameParser) parseFunc(depth int) (types.Type, error) {
	err := p.skipBracket()
	if err == nil && p.eat(" (") {
		err = p.skipBracket()
	} else if err == nil && p.eat(" ") {
		_, err = p.parse(depth + 1)
	}
	return types.NewSignatureType(nil, nil, nil, nil, nil, false), err
}

func (p *typeNameParser) parseStruct(depth int) (types.Type, error) {
	var fields []*types.Var
	var tags []string
	for {
		name, rest, found := strings.Cut(p.rest, " ")
		if !found {
			return nil, errors.New("a struct has no end")
		}
		p.rest = rest
		// Fields that are not exported have their package before them.
		name = name[strings.LastIndexByte(name, '.')+1:]
		t, err := p.parse(depth + 1)
		if err != nil {
			return nil, err
		}
		fields = append(fields, types.NewField(token.NoPos, nil, name, t, false))
		tags = append(tags, p.readTag())
		if p.eat(" }") {
			return types.NewStruct(fields, tags), nil
		}
		if !p.eat("; ") {
			return nil, fmt.Errorf("cannot read %q", p.rest)
		}
	}
}

func (p *typeNameParser) readTag() string {
	quoted, err := strconv.QuotedPrefix(strings.TrimPrefix(p.rest, " "))
	if err != nil {
		return ""
	}
	p.eat(" ")
	p.eat(quoted)
	tag, _ := strconv.Unquote(quoted)
	return tag
}

// skipBracket reads behind the bracket that closes the one before rest.
func (p *typeNameParser) skipBracket() error {
	depth := 1
	for i, char := range []byte(p.rest) {
		switch char {
		case '(', '{', '[':
			depth++
		case ')', '}', ']':
			if depth--; depth == 0 {
				p.rest = p.rest[i+1:]
				return nil
			}
		}
	}
	return errors.New("a bracket is not closed")
}

func (p *typeNameParser) parseNamed(depth int) (types.Type, error) {
	end := strings.IndexAny(p.rest, "[],;) }")
	if end < 0 {
		end = len(p.rest)
	}
	name := p.rest[:end]
	p.rest = p.rest[end:]
	dot := strings.LastIndexByte(name, '.')
	if name == "unsafe.Pointer" {
		return types.Typ[types.UnsafePointer], nil
	}
	if dot < 0 {
		if object, ok := types.Universe.Lookup(name).(*types.TypeName); ok {
			return object.Type(), nil
		}
		return nil, fmt.Errorf("%s is no type", name)
	}
	// The linker's symbols escape dots in the last element of a path.
	pkg, err := p.importer.Import(strings.ReplaceAll(name[:dot], "%2e", "."))
	if err != nil {
		return nil, err
	}
	object, ok := pkg.Scope().Lookup(name[dot+1:]).(*types.TypeName)
	if !ok {
		return nil, fmt.Errorf("%s is not declared in its package", name)
	}
	if !p.eat("[") {
		return object.Type(), nil
	}
	return p.parseInstance(object.Type(), depth)
}

func (p *typeNameParser) parseInstance(generic types.Type, depth int) (types.Type, error) {
	var arguments []types.Type
	for {
		argument, err := p.parse(depth + 1)
		if err != nil {
			return nil, err
		}
		arguments = append(arguments, argument)
		if p.eat("]") {
			// Shapes need not satisfy the constraints.
			return types.Instantiate(nil, generic, arguments, false)
		}
		if !p.eat(",") {
			return nil, fmt.Errorf("cannot read %q", p.rest)
		}
	}
}
