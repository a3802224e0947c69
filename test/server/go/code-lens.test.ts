/** Lenses that start `main`, exports and tests, and where there are none. */
import { describe, expect, test } from "vitest";
import type { GoStart } from "#core/contract/go-start.ts";
import { goCodeLenses } from "../../../server/src/go/code-lens.ts";
import { GoDocument } from "#go-check/go-document.ts";
import type { GoCheckOptions } from "#go-check/diagnostics.ts";

function documentOf(name: string, text: string): GoDocument {
  return new GoDocument(`/p/${name}`, text, { uri: `file:///p/${name}` });
}

interface Setting {
  readonly target?: GoCheckOptions["target"];
  readonly siblings?: readonly GoDocument[];
}

/** `title line: what` of each lens; lines are 1-based. */
function lensesOf(name: string, text: string, { target = "auto", siblings = [] }: Setting = {}): string[] {
  return goCodeLenses(documentOf(name, text), { target, goVersion: "", siblings }).map(({ range, command }) => {
    const { what, host } = command!.arguments![0] as GoStart;
    const words = [
      what.kind,
      ...(what.kind === "export" ? [what.name, ...what.parameters.map((parameter) => `${parameter.name}:${parameter.type ?? "?"}`)] : []),
      ...(what.kind === "test" ? what.args.slice(1) : []),
    ];
    return `${command!.title} ${range.start.line + 1}: ${words.join(" ")}${host ? ` on ${host}` : ""}`;
  });
}

const main = "package main\n\nfunc main() {}\n";
const exported = `package main

//go:wasmexport add
func add(a int32, b uint64, c float32, d float64, e *int32) int32 { return a }

//go:wasmexport named
func other(n Number) {}

//go:wasmexport text
func text(s string) {}

func main() {}
`;

describe("main", () => {
  test("has lenses where Go means WebAssembly", () => {
    const both = ["run 3: main", "debug 3: main"];
    expect(lensesOf("main.go", main, { target: "wasip1" })).toEqual(both);
    expect(lensesOf("main.go", main, { target: "js" })).toEqual(both.map((lens) => `${lens} on js`));
    expect(lensesOf("main_wasip1.go", main)).toEqual(both);
    expect(lensesOf("main.go", `//go:build js && wasm\n\n${main}`)).toHaveLength(2);
    expect(lensesOf("main.go", 'package main\n\nimport "syscall/js"\n\nfunc main() { js.Global() }\n')).toHaveLength(2);
    expect(lensesOf("main.go", main, { siblings: [documentOf("exports.go", exported)] })).toEqual(both);
  });

  test("has none for those who build for their machine, nor where it is not the program's", () => {
    expect(lensesOf("main.go", main)).toEqual([]);
    expect(lensesOf("main.go", exported, { target: "host" })).toEqual([]);
    expect(lensesOf("main_linux.go", main, { target: "wasip1" })).toEqual([]);
    expect(lensesOf("main.go", "package lib\n\nfunc main() {}\n", { target: "wasip1" })).toEqual([]);
    expect(lensesOf("main.go", "package main\n\nfunc (t T) main() {}\n", { target: "wasip1" })).toEqual([]);
    expect(lensesOf("main.go", main, { target: "wasip1-reactor" })).toEqual([]);
  });
});

test("exports are called with values of the types that the border has", () => {
  expect(lensesOf("main.go", exported, { target: "wasip1-reactor" })).toEqual([
    "run 4: export add a:i32 b:i64 c:f32 d:f64 e:i32",
    "debug 4: export add a:i32 b:i64 c:f32 d:f64 e:i32",
    "run 7: export named n:?",
    "debug 7: export named n:?",
  ]);
  expect(lensesOf("main.go", exported, { target: "js" })).toEqual(["run 12: main on js", "debug 12: main on js"]);
});

test("exports have none where the files for the target need JavaScript, whatever those for others import", () => {
  const javaScript = 'package main\n\nimport (\n\tjs "syscall/js"\n)\n';
  const withSibling = (path: string): string[] =>
    lensesOf("main.go", exported, { target: "wasip1", siblings: [documentOf(path, javaScript)] }).filter((lens) => lens.includes("export"));
  expect(withSibling("page.go")).toEqual([]);
  expect(withSibling("page_js.go")).toHaveLength(4);
});

test("blank lines cost nothing", () => {
  const before = performance.now();
  expect(lensesOf("main.go", `${exported}${"\n".repeat(100_000)}`, { target: "wasip1" })).toHaveLength(6);
  expect(performance.now() - before).toBeLessThan(2000);
});

test("tests, subtests with constant names, benchmarks, examples and seeds of fuzzing", () => {
  const text = `package p

import "testing"

func TestOne(t *testing.T) {
	t.Run("plain", func(t *testing.T) {
		t.Run("inner part (1)", func(t *testing.T) {})
	})
	t.Run(name, func(t *testing.T) {})
	t.Run("a/b.c", check)
	b.Run()
}

func TestMain(m *testing.M) {}
func Testing(t *testing.T) {}
func TestNothing() {}
func TestGeneric[T any](t *testing.T) {}
func (s Suite) TestMethod(t *testing.T) {}
func BenchmarkTwo(b *testing.B) {}
func FuzzThree(f *testing.F) {}
func Example_four() {}
func helper(t *testing.T) { t.Run("none", nil) }
`;
  expect(lensesOf("p_test.go", text, { target: "wasip1" })).toEqual([
    "debug wasm test 5: test -test.run=^TestOne$",
    "debug wasm test 6: test -test.run=^TestOne$/^plain$",
    String.raw`debug wasm test 7: test -test.run=^TestOne$/^plain$/^inner_part_\(1\)$`,
    String.raw`debug wasm test 10: test -test.run=^TestOne$/^a$/^b\.c$`,
    "debug wasm test 19: test -test.run=^$ -test.bench=^BenchmarkTwo$",
    "debug wasm test 20: test -test.run=^FuzzThree$",
    "debug wasm test 21: test -test.run=^Example_four$",
  ]);
  expect(lensesOf("p_test.go", text)).toEqual([]);
});

test("unfinished text has the lenses of what stands there", () => {
  expect(lensesOf("main.go", `${exported}\nfunc broken( {`, { target: "wasip1" }).length).toBeGreaterThan(3);
  const open = `package p\nfunc TestDeep(t *testing.T) { ${'t.Run("x", func(t *testing.T) { '.repeat(5000)}`;
  expect(lensesOf("p_test.go", open, { target: "wasip1" }).length).toBeLessThan(10);
  expect(lensesOf("p_test.go", `${open}${"})".repeat(5000)}}`, { target: "wasip1" }).length).toBeLessThan(10);
});
