/** Sources around the problem that a fix must not disturb: each ends compiled, and formatted as it began. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { CorpusCase } from "../../../server/go/corpus.ts";
import { compilerErrors } from "./go-build.ts";
import { outcomesOf } from "./repair.ts";

const sources: Readonly<Record<string, string>> = {
  "a group of imports": `import (
	"fmt"
	"time"

	_ "embed"
)

type P struct{ At int64 }

//go:wasmexport f
func f(p *P) string { return fmt.Sprint(time.Unix(p.At, 0)) }
`,
  "one import": `import "strings"

//go:wasmexport f
func f(s string) string { return strings.ToUpper(s) }
`,
  "an import under another name": `import u "unsafe"

//go:wasmexport f
func f(s string) (string, u.Pointer) { return s, nil }
`,
  "literals without keys": `type P struct{ X, Y int32 }

type Q struct {
	P
	next P
}

var all = []P{{1, 2}, P{3, 4}}

var some = []*P{{1, 2}, nil, {5, 6}}

var byName = map[string]P{"a": {1, 2}, "b": P{3, 4}}

var q = Q{P{1, 2}, P{X: 3}}

func news() []P { return []P{} }

func made() P { return P{7, 8} }

//go:wasmexport f
func f(q *Q) *P { return &q.next }
`,
  "comments around fields": `// P is a point.
type P struct {
	// X is one.
	X int32 // first
	Y int64 // second

	// Names are others.
	Long, Longer int8 \`json:"x"\`
	in           struct {
		a int32
		b bool // third
	} // fourth
}

//go:wasmexport f
func f(p *P) {}
`,
  "comments around the function": `// f does much.
//
// It does more.
//
//go:wasmexport f
func f(n []string) (m int, err error) { // why
	return len(n), nil
}

// g follows.
func g() {}
`,
  "names that mean something": `type string2 = string

//go:wasmexport f
func f(f, len, unsafe int, string []byte, err string2, result error) (copy, out int, real error) {
	return f + len + unsafe, 0, result
}
`,
  "a package of the same name as one that is needed": `var unsafe, errors = 1, 2

//go:wasmimport env f
func f(b []byte) error

//go:wasmexport g
func g() []byte { return nil }
`,
  "results with names": `//go:wasmimport env f
func f(status int) (result int, failure error)

//go:wasmimport env g
func g(x []int) (status, x2 string)
`,
  methods: `type T struct{ v map[string]int }

type N int

//go:wasmexport get
func (t T) Get(k string) int { return t.v[k] }

//go:wasmexport set
func (t *T) Set(k string, _ int8, v ...int) { t.v[k] = v[0] }

//go:wasmexport n
func (N) Name() string { return "" }

//go:wasmimport env m
func (n N) Method(int, []byte) (bool, error)
`,
  "generic code": `type Pair[A, B any] struct {
	a A
	b B
}

//go:wasmexport first
func first[A, B any](p Pair[A, B]) A { return p.a }

//go:wasmexport get
func (p *Pair[K, V]) Get(k K) V { return p.b }

var x = first(Pair[int, string]{1, "a"})

var y = first[int8, []string]
`,
  "more than fits": `type S struct{ a, b int }

//go:wasmexport f
func f(a, b, c, d, e string, g *S, h []int, i S, j func(), k complex64, l unsafe2, m [2]bool) (int, string) {
	return 0, ""
}

type unsafe2 = uintptr
`,
  "structs without names": `//go:wasmexport f
func f(p *struct{ x int32 }, q struct {
	y int32
	z string
}) *struct{ a, b int32 } {
	return nil
}
`,
  "a function of one long line": `//go:wasmexport f
func f(first, second, third, fourth int) int { return first + second + third + fourth + first + second }
`,
};

function caseOf(name: string, newline: string): CorpusCase {
  const body = sources[name]!;
  const imports = /^(?:import \((?:.|\n)*?\n\)\n\n|import .*\n\n)/u.exec(body)?.[0] ?? "";
  const text = `package main\n\n${imports}func main() {}\n\n${body.slice(imports.length)}`;
  return {
    id: name,
    goos: "wasip1",
    files: { "go.mod": "module example.com/m\n", "main.go": text.replaceAll("\n", newline) },
    expected: [],
  };
}

describe("around a problem", () => {
  const { outcomes, complaints } = outcomesOf(Object.keys(sources).map((name) => caseOf(name, "\n")));

  test("nothing is left", () => expect(complaints).toEqual([]));
  test("all compiles", () => expect([...compilerErrors(outcomes)]).toEqual([]));
  test.each(Object.keys(sources))("%s", (name) => {
    const own = outcomes.filter(({ id }) => id.startsWith(`${name} `));
    expect(own).not.toEqual([]);
    for (const { id, files } of own) expect(execFileSync("gofmt", { input: files["main.go"]! }).toString(), id).toBe(files["main.go"]);
  });

  test("lines that end with CR LF still do, and all compiles", () => {
    const { outcomes: crlf } = outcomesOf(Object.keys(sources).map((name) => caseOf(name, "\r\n")));
    expect([...compilerErrors(crlf)]).toEqual([]);
    for (const { id, files } of crlf) expect(files["main.go"], id).not.toMatch(/[^\r]\n/u);
  });
});

describe("packages that are not called as their paths end", () => {
  const head = 'package main\n\nimport "example.com/m/go-geom"\n\nfunc main() {}\n\n';
  const bodies: Readonly<Record<string, string>> = {
    "a wrapper": "//go:wasmexport f\nfunc f(a *geom.Point, b geom.Month, c geom.Open) {}\n",
    "a marker, and literals without keys": "var _ = geom.Open{1, 2}\n\n//go:wasmexport f\nfunc f(a *geom.Open) {}\n",
    "a body that goes with its import": "//go:wasmimport env f\nfunc f() {\n\tgeom.Use()\n}\n",
  };
  const geom =
    "package geom\n\ntype Point struct{ X int }\n\ntype Month int\n\ntype Open struct {\n\tX int32\n\tY int32\n}\n\nfunc Use() {}\n";
  const { outcomes, complaints } = outcomesOf(
    Object.entries(bodies).map(([id, body]) => ({
      id,
      goos: "wasip1",
      files: { "go.mod": "module example.com/m\n", "main.go": head + body, "go-geom/geom.go": geom },
      expected: [],
    })),
  );

  test("nothing is left", () => expect(complaints).toEqual([]));
  test.each(Object.keys(bodies))("%s", (name) => expect(outcomes.filter(({ id }) => id.startsWith(`${name} `))).not.toEqual([]));
  test("all compiles", () => expect([...compilerErrors(outcomes)]).toEqual([]));
});
