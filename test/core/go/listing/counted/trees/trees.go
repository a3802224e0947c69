// Package trees stores pointers on line after line, so that the garbage collector's write barriers stand everywhere.
package trees

type Node[K any, V any] struct {
	Left, Right *Node[K, V]
	Key         K
	Value       V
	Tags        []string
	Next        any
}

type Tree[K any, V any] struct {
	root    *Node[K, V]
	size    int
	compare func(a, b K) int
}

func New[K, V any](compare func(a, b K) int) *Tree[K, V] {
	return &Tree[K, V]{compare: compare}
}

func (t *Tree[K, V]) Put(key K, value V) *Node[K, V] {
	place := &t.root
	for *place != nil {
		order := t.compare(key, (*place).Key)
		if order == 0 {
			(*place).Value = value
			return *place
		}
		if order < 0 {
			place = &(*place).Left
		} else {
			place = &(*place).Right
		}
	}
	node := new(Node[K, V])
	node.Key = key
	node.Value = value
	node.Tags = append(node.Tags, "new")
	node.Next = t.root
	*place = node
	t.size++
	return node
}

// All walks in order.
func (t *Tree[K, V]) All() func(yield func(K, V) bool) {
	return func(yield func(K, V) bool) {
		t.root.walk(yield)
	}
}

func (n *Node[K, V]) walk(yield func(K, V) bool) bool {
	if n == nil {
		return true
	}
	if !n.Left.walk(yield) {
		return false
	}
	if !yield(n.Key, n.Value) {
		return false
	}
	return n.Right.walk(yield)
}

type list struct {
	first, last *element
	names       map[string]*element
	hook        func(*element)
	any         any
	err         error
}

type element struct {
	before, behind *element
	text           string
	owner          *list
	data           []byte
	bag            map[string]string
}

type brokenError struct{ text string }

func (e *brokenError) Error() string { return e.text }

// Link has nothing but pointer stores.
func Link(names []string) int {
	l := &list{}
	l.names = make(map[string]*element)
	for _, name := range names {
		e := &element{}
		e.text = name
		e.owner = l
		e.before = l.last
		e.behind = nil
		e.data = []byte(name)
		e.bag = map[string]string{}
		e.bag[name] = name
		if l.last != nil {
			l.last.behind = e
		} else {
			l.first = e
		}
		l.last = e
		l.names[name] = e
		l.any = e
		l.err = &brokenError{name}
		l.hook = func(other *element) {
			other.owner = l
			other.before = e
			other.behind = e
		}
		l.hook(l.first)
		l.first.before, l.first.behind = l.last, e
	}
	global = l
	other, more = l.first, l.last
	total := 0
	for e := l.first; e != nil && total < 100; e = e.behind {
		total += len(e.text) + 10
	}
	pointers := [4]*element{}
	pointers[0] = l.first
	pointers[1] = l.last
	slice := pointers[:]
	slice[2] = global.first
	slice[3] = nil
	var boxed any = slice
	if s, ok := boxed.([]*element); ok {
		s[0], s[1] = s[1], s[0]
		total += len(s)
	}
	clear(l.names)
	copy(slice[1:], slice)
	*l = list{}
	return total
}

var global *list
var other, more *element
