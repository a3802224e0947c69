package inner

type Unit uint8

const (
	Meter Unit = iota + 1
	Foot
	hidden
)

const Untyped = 1 << 40
const Pi = 3.14159
const Name = "inner"

var Count = 3
var table = map[string][]int{"a": {1, 2}}

func Use() int { return Count + len(table) + int(hidden) }
