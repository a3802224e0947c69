/** Broken files, with everything that is said about them: no crash, no hang. */
import { describe, expect, test } from "vitest";
import { readHeader } from "#core/go/source/header.ts";
import { parseGoFile } from "#core/go/source/parser.ts";
import { goDiagnostics } from "#go-check/diagnostics.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { documentsOf, generatedCases, goldenCases, optionsFor } from "./corpus.ts";

function withText(document: GoDocument, text: string): GoDocument {
  return new GoDocument(document.path, text, { uri: document.uri });
}

// Every prefix goes through the compiler's rules in ../../core/go/robustness.sweep.test.ts.
test("every third prefix of every golden case, with the rest of its module", () => {
  let slowest = 0;
  for (const corpusCase of goldenCases()) {
    for (const document of documentsOf(corpusCase).values()) {
      if (!document.path.endsWith(".go")) continue;
      const options = optionsFor(corpusCase, document.path, "module");
      for (let end = 0; end < document.text.length; end += 3) {
        const begin = performance.now();
        goDiagnostics(withText(document, document.text.slice(0, end)), options);
        slowest = Math.max(slowest, performance.now() - begin);
      }
    }
  }
  expect(slowest).toBeLessThan(2000);
}, 120_000);

test("the header has the package and the imports that the parser finds", () => {
  for (const corpusCase of [...goldenCases(), ...generatedCases().slice(0, 300)]) {
    for (const { path, text } of documentsOf(corpusCase).values()) {
      if (!path.endsWith(".go")) continue;
      const file = parseGoFile(path, text);
      expect(readHeader(text)).toEqual({ packageName: file.packageName, imports: file.imports.map((spec) => spec.path) });
    }
  }
  expect(readHeader('/* a\n*/ package x; import "a"; import (b "b"; . `c`\n_ "d" // e\n); func f() {}; import "no"').imports).toEqual([
    "a",
    "b",
    "c",
    "d",
  ]);
});

describe("very much of one thing", () => {
  const much = 200_000;
  test.each([
    ["white space", `${" \n".repeat(much)}package main\n`],
    ["open comments", `${"/*".repeat(much)}package main\n`],
    ["comments", `${"/**/ // x\n".repeat(much)}package main\n`],
    ["slashes", `package main\n${"/".repeat(much)}go:wasmexport f\nfunc f() {}\n`],
    ["blanks in a directive", `package main\n// ${" ".repeat(much)}go:wasmexport f\nfunc f() {}\n`],
    ["almost directives", `package main\n${"// go:wasmexport f\n".repeat(20_000)}func f() {}\n`],
    ["directives on one function", `package main\n${"//go:wasmexport f\n".repeat(5_000)}func f() {}\n`],
    ["directives on variables", `package main\n${"//go:wasmexport f\nvar a int\n".repeat(5_000)}`],
    ["imports", `package main\nimport (\n${'"a/b"\n'.repeat(20_000)})\n//go:wasmexport f\nfunc f(x b.T) {}\n`],
    ["parts of an import path", `package main\nimport "${"a/".repeat(much)}b"\n//go:wasmexport f\nfunc f(x b.T) {}\n`],
    ["dots in a name", `package main\n//go:wasmexport ${"main.".repeat(much)}\nfunc f() {}\n`],
  ])("%s", (_, text) => {
    const document = new GoDocument("/w/main.go", text, { uri: "file:///w/main.go" });
    const begin = performance.now();
    readHeader(text);
    goDiagnostics(document, { target: "wasip1", goVersion: "1.26", siblings: [] });
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});
