import { describe, expect, test } from "vitest";
import { CompilerPositions } from "#core/go/source/compiler-position.ts";
import { parseGoFile } from "#core/go/source/parser.ts";
import { scanTokens, tokenKind } from "#core/go/source/tokens.ts";

/** Token texts; semicolons that the scanner puts in show as `↵`. */
function texts(source: string): string[] {
  const { kinds, starts, ends, count, text } = scanTokens(source);
  return Array.from({ length: count - 1 }, (_, index) =>
    kinds[index] === tokenKind.semicolon && starts[index] === ends[index] ? "↵" : text.slice(starts[index], ends[index]),
  );
}

describe("tokens", () => {
  // Go specification, "Semicolons" and "Tokens".
  test.each([
    ["return\nx++\n)\n", ["return", "↵", "x", "++", "↵", ")", "↵"]],
    ["a +\nb /* c\n*/ d", ["a", "+", "b", "↵", "d", "↵"]],
    ["if x /* c */ {\n", ["if", "x", "{"]],
    ["x := `a\nb`; y", ["x", ":=", "`a\nb`", ";", "y", "↵"]],
    ["a&^=b<<c<-d...e.f", ["a", "&^=", "b", "<<", "c", "<-", "d", "...", "e", ".", "f", "↵"]],
    ["0x1p-2 1e+3 .5 07 0b1_0 1i 'a' '\\''", ["0x1p-2", "1e+3", ".5", "07", "0b1_0", "1i", "'a'", "'\\''", "↵"]],
    ['"open\nnext', ['"open', "↵", "next", "↵"]],
    ["größe 名前 _x1", ["größe", "名前", "_x1", "↵"]],
  ])("%j", (source, expected) => expect(texts(source)).toEqual(expected));
});

test("positions of the compiler count bytes, and end with column 254", () => {
  expect(new CompilerPositions("a\r\nbé名𝒳x").at(8)).toEqual({ line: 2, column: 11 });
  expect(new CompilerPositions("\ufeffx").at(1)).toEqual({ line: 1, column: 4 });
  expect(new CompilerPositions(`${"x".repeat(253)}y`).at(253)).toEqual({ line: 1, column: 254 });
  expect(new CompilerPositions(`${"x".repeat(254)}y`).at(254)).toEqual({ line: 1, column: 0 });
});

describe("broken text", () => {
  test("a function after an unclosed one is still found", () => {
    const file = parseGoFile("a.go", "package main\n\nfunc f() {\n\tif x {\n\n//go:wasmexport g\nfunc g(a int) {}\n");
    expect(file.functions.map((declaration) => declaration.name.text)).toEqual(["f", "g"]);
    expect(file.functions[1]!.signature.complete).toBe(true);
  });

  test("an unfinished parameter list makes the signature incomplete", () => {
    const signatures = ["func f(a int", "func f(a int, b ", "func f(a *) {}", "func f(a map[) {}", "func f(,) {}"];
    for (const text of signatures)
      expect([text, parseGoFile("a.go", `package main\n${text}\n`).functions[0]?.signature.complete]).toEqual([text, false]);
  });
});
