/**
 * Sources that Go 1.26.8 has compiled (`GOOS=wasip1 GOARCH=wasm go build -gcflags=-e`, module example.com/m); the text
 * file beside each holds what it printed. They go where the corpus' generator does not.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkFile } from "#core/go/check.ts";
import type { GoProblem } from "#core/go/rules/rule.ts";
import { parseGoFile } from "#core/go/source/parser.ts";
import { makePackage } from "#core/go/types/package.ts";
import { standardPackages } from "#core/go/types/standard.ts";

const folder = new URL("./compiled/", import.meta.url);

function check(text: string): GoProblem[] {
  const file = parseGoFile("main.go", text);
  const target = { goos: "wasip1", goarch: "wasm", minor: 26 };
  return checkFile({ file, package: makePackage([file], "example.com/m"), target, hasForeignCode: false, source: standardPackages });
}

/** Lines are sorted as text; the position of a redeclared symbol is that of whatever was compiled last. */
function normal(lines: Iterable<string>): string[] {
  return [...new Set([...lines].map((line) => (line.endsWith(" redeclared") ? line.replace(/^[0-9:]+ /u, "") : line)))].sort();
}

describe("what the compiler prints", () => {
  test.each(readdirSync(folder).filter((name) => name.endsWith(".go")))("%s", (name) => {
    const printed = readFileSync(new URL(name.replace(".go", ".txt"), folder), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const found = check(readFileSync(new URL(name, folder), "utf8")).map(
      ({ compiler, message }) => `${compiler.line}:${compiler.column}: ${message}`,
    );
    expect(normal(found)).toEqual(normal(printed));
  });
});

const generic = `package main

type M[T any] struct{ v T }

//go:wasmexport b
func (m *M[T]) B() {}

func (m *M[T]) C() {}

//go:wasmexport e
func e[T any](p int32) {}

func main() {}

`;

describe("generic code is looked at once it is instantiated", () => {
  const words: readonly (readonly [string, string])[] = [
    ["method", "on a method"],
    ["dictionary", "*[0]uintptr"],
    ["symbol", "redeclared"],
  ];
  // What the compiler prints for each, in the words above.
  test.each([
    ["type X = M[int]", "method"],
    ["type X[T any] = M[T]", ""],
    ["type Z M[int]", ""],
    ["type Y struct{ m M[int] }", "method"],
    ["type Y struct{ m *M[int] }", "method"],
    ["type Y struct{ M[int] }", "method"],
    ["type Y interface{ f(M[int]) }", "method"],
    ["type X[T any] struct{ m *M[T] }\nvar x *X[int]", "method"],
    ["type G[T any] int\nvar g G[M[int]]", "method"],
    ["func f(m M[int]) {}", "method"],
    ["func _(m M[int]) {}", ""],
    ["func f() { var m M[int]; _ = m }", "method"],
    ["func f() { var _ M[int] }", ""],
    ["func f() { type q struct{ m M[int] } }", ""],
    ["func f() { if false { var m M[int]; _ = m } }", ""],
    ["func f() { g := M[int].C; _ = g }", "method"],
    ["func f(a any) { switch a.(type) { case M[int]: } }", "method"],
    ["var f func(M[int])", "method"],
    ["var _ = M[int]{}", "method"],
    ["func g[T any]() { var m M[T]; _ = m }", ""],
    ["func g[T any]() { var m M[T]; _ = m }\nfunc x() { g[int]() }", "method"],
    ["type G[T any] int\nfunc (G[T]) f() { var m M[T]; _ = m }\nvar g G[int]", "method"],
    ["func x() { e[int](1) }", "dictionary symbol"],
    ["var h = e[int]", "dictionary symbol"],
    ["func x() { defer e[int](2); go e[int](3) }", "dictionary symbol"],
    ["func q[T any](n int32) { e[T](n) }\nfunc y() { q[int](2) }", "dictionary"],
    ["func x() { if false { e[int](1) } }", ""],
    ["const debug = false\nfunc x() { if debug { e[int](1) } }", ""],
    ["func z(e []int) { _ = e[0]; _ = e[1:2] }", ""],
    ["func z(e [3]int) { _ = e[0] }", ""],
    ["func z() { e := func(int) {}; e(1) }", ""],
  ])("%s", (text, expected) => {
    const messages = check(`${generic}${text}\n`).map(({ message }) => message);
    const found = words.filter(([, part]) => messages.some((message) => message.includes(part))).map(([word]) => word);
    expect(found.join(" ")).toBe(expected);
  });
});

test("variables whose types need their own length, many times over, come to an end", () => {
  const sum = Array.from({ length: 40 }, () => "len(a)").join("+");
  const text = `package main\n\nvar a [len(b)+${sum}]int8\nvar b = [len(a)+len(b)]int8{}\n\n//go:wasmexport f\nfunc f(p [len(a)]int8) {}\n`;
  expect(check(text)).toEqual([]);
});
