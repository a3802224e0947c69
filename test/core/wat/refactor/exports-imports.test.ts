import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { expandImports, groupImports } from "#core/wat/refactor/compact-imports.ts";
import { exportDefinition } from "#core/wat/refactor/export-definition.ts";
import { exportsApart } from "#core/wat/refactor/exports-apart.ts";
import { exportsInline } from "#core/wat/refactor/exports-inline.ts";
import { importsApart, importsInline } from "#core/wat/refactor/imports.ts";
import type { Refactor } from "#core/wat/refactor/refactoring.ts";
import { offers, result, results } from "./offered.ts";

function bytesOf(text: string): Uint8Array {
  const document = WatDocument.open(text, "wat");
  expect(document.problems(), text).toEqual([]);
  return encodeWat(document).bytes!;
}

function check(refactor: Refactor, marked: string, expected: string, title = ""): void {
  const text = result(refactor, marked, title);
  expect(text).toBe(expected);
  expect(bytesOf(text)).toEqual(bytesOf(marked.replaceAll("|", "")));
}

/** What V8 says of a module's imports. */
const importsOf = (text: string): string =>
  JSON.stringify(WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(bytesOf(text)))));

describe("exports", () => {
  test("one becomes a field, those behind it too", () => {
    check(
      exportsApart,
      '(module\n  (func $f (export |"a") (export "b")) ;; f\n  (func))',
      '(module\n  (func $f) ;; f\n  (export "a" (func $f))\n  (export "b" (func $f))\n  (func))',
      "behind it",
    );
    check(exportsApart, '(module (memory (export |"m") 1))', '(module (memory 1) (export "m" (memory 0)))', "`(export");
    check(
      exportsApart,
      '(module (func) (func (export "a") (export |"b")))',
      '(module (func) (func (export "a")) (export "b" (func 1)))',
      "`(export",
    );
  });

  test("one goes into its definition", () => {
    check(
      exportsInline,
      '(module\n  (func $f (param i32))\n  ;; The way in.\n  (|export "f" (func $f))\n)',
      '(module\n  (func $f (export "f") (param i32))\n  ;; The way in.\n)',
      "`(export",
    );
    check(exportsInline, '(module (func) (export |"f" (func 0)))', '(module (func (export "f")))', "`(export");
  });

  test("not into an import, and not where a comment would be lost", () => {
    expect(offers(exportsInline, '(module (import "m" "n" (func $f)) (export |"f" (func $f)))').changes).toEqual([]);
    expect(offers(exportsInline, '(module (func $f) (export (; why ;) |"f" (func $f)))').changes).toEqual([]);
    expect(offers(exportsApart, '(module (func $f (export (; why ;) |"f")))').changes).toEqual([]);
  });

  test("all of a module, both ways", () => {
    const inline = '(|module\n  (func $f (export "f"))\n  (global $g (export "g") (export "h") i32 (i32.const 0))\n)';
    const apart =
      '(|module\n  (func $f)\n  (export "f" (func $f))\n  (global $g i32 (i32.const 0))\n  (export "g" (global $g))\n  (export "h" (global $g))\n)';
    check(exportsApart, inline, apart.replace("|", ""));
    check(exportsInline, apart, inline.replace("|", ""));
    expect(offers(exportsApart, inline, false).changes).toEqual([]);
  });

  test("what is not exported is, under a name that is free", () => {
    expect(result(exportDefinition, '(module (func |$f) (func (export "f")))')).toBe(
      '(module (func $f (export "f2")) (func (export "f")))',
    );
    expect(result(exportDefinition, '(module (func (import "a" "b")) (|memory 1))')).toBe(
      '(module (func (import "a" "b")) (memory (export "memory0") 1))',
    );
    expect(result(exportDefinition, '(module (import "a" "b" (func |$f)))')).toBe(
      '(module (import "a" "b" (func $f)) (export "f" (func $f)))',
    );
    expect(results(exportDefinition, '(module (func |$f) (export "x" (func $f)))')).toEqual({});
    expect(results(exportDefinition, "(module (type |$t (func)))")).toEqual({});
  });
});

describe("imports", () => {
  test.each([
    ['(module (func $f (import |"m" "n") (param i32)))', '(module (import "m" "n" (func $f (param i32))))'],
    [
      '(module\n  (table (export "t") (import |"m" "n") 1 funcref)\n)',
      '(module\n  (import "m" "n" (table 1 funcref))\n  (export "t" (table 0))\n)',
    ],
    ['(module (memory (export "t") (import |"m" "n") 1))', '(module (import "m" "n" (memory 1)) (export "t" (memory 0)))'],
  ])("around: %s", (marked, expected) => {
    check(importsApart, marked, expected);
  });

  test.each([
    ['(module (import |"m" "n" (func $f (param i32))))', '(module (func $f (import "m" "n") (param i32)))'],
    ['(module (import |"m" "n" (func)))', '(module (func (import "m" "n")))'],
    ['(module (import |"m" "n" (global(mut i32))))', '(module (global (import "m" "n") (mut i32)))'],
  ])("inside: %s", (marked, expected) => {
    check(importsInline, marked, expected);
  });

  test("all of a module but groups", () => {
    check(
      importsInline,
      '(|module (import "a" "b" (func)) (import "a" (item "x" (func))) (memory (import "a" "d") 1))',
      '(module (func (import "a" "b")) (import "a" (item "x" (func))) (memory (import "a" "d") 1))',
    );
    check(
      importsApart,
      '(|module (func (import "a" "b")) (memory (import "a" "d") 1))',
      '(module (import "a" "b" (func)) (import "a" "d" (memory 1)))',
    );
  });

  test("comments that would be lost keep it as it is", () => {
    expect(offers(importsInline, '(module (import |"m" (; c ;) "n" (func $f)))').changes).toEqual([]);
    expect(offers(importsApart, '(module (func $f (import |"m" (; c ;) "n")))').changes).toEqual([]);
  });
});

describe("groups of imports", () => {
  const each = '(module\n  (import "m"|\n    (item "a" (func $a (param i32)))\n    (item "b" (global $b i32)))\n  (func $f))';
  const shared = '(module (import "m" |(item "a") (item "b") (func (param i32))))';

  test("expanded", () => {
    const apart = result(expandImports, each);
    expect(apart).toBe('(module\n  (import "m" "a" (func $a (param i32)))\n  (import "m" "b" (global $b i32))\n  (func $f))');
    expect(importsOf(apart)).toBe('[{"module":"m","name":"a","kind":"function"},{"module":"m","name":"b","kind":"global"}]');
    expect(result(expandImports, shared)).toBe('(module (import "m" "a" (func (param i32))) (import "m" "b" (func (param i32))))');
  });

  test("made, and expanded again: the bytes are those of before", () => {
    for (const text of [
      '(module (|import "m" "a" (func $a)) (import "m" "b" (global i32)))',
      '(module (import "m" "a" (func)) (|import "m" "b" (func)) (import "n" "c" (func)))',
    ]) {
      const group = result(groupImports, text);
      expect(bytesOf(group)).not.toEqual(bytesOf(text.replace("|", "")));
      expect(bytesOf(result(expandImports, group.replace('import "m"', 'import |"m"')))).toEqual(bytesOf(text.replace("|", "")));
    }
    expect(result(groupImports, '(module (import "m" "a" (func)) (|import "m" "b" (func)))')).toBe(
      '(module (import "m" (item "a") (item "b") (func)))',
    );
    expect(result(groupImports, '(module\n  (import "m" "a" (func)) ;; a\n  (|import "m" "b" (global i32)))')).toBe(
      '(module\n  (import "m" (item "a" (func)) ;; a\n  (item "b" (global i32))))',
    );
  });
});

test("the examples of the page are right, and their exports and imports can be written the other way", () => {
  const page = readFileSync(new URL("../../../../docs/wat-refactorings.md", import.meta.url), "utf8");
  const examples = Array.from(page.matchAll(/```wat\n([^]*?)```/g), ([, text]) => text!);
  for (const text of examples) bytesOf(text);
  const definitions = examples.find((text) => text.includes("import"))!.replace("(module", "(|module");
  check(
    importsInline,
    definitions,
    definitions.replace("|", "").replace('(import "env" "log" (func $log (param i32)))', '(func $log (import "env" "log") (param i32))'),
  );
  expect(result(exportsApart, definitions)).toContain('\n  (export "memory" (memory 0))');
});
