import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { Space } from "#core/wat/field.ts";
import {
  calledBy,
  callersOf,
  entryAt,
  importedPaths,
  subtypesOf,
  supertypesOf,
  useCount,
  usedDefinitions,
} from "#core/wat/features/references.ts";

test("uses are counted", () => {
  const document = WatDocument.open('(type $t (func)) (func $f (type $t) call $f call 0) (func (type 0)) (export "f" (func $f))', "wat");
  expect(usedDefinitions(document).map(({ entry, name }) => `${name} ${useCount(document, entry)}`)).toEqual(["$t 2", "$f 3", "func 1 0"]);
});

test("calls in both directions", () => {
  const text = "(func $a call $b call $b) (func $b call $c) (func $c) (start $c)";
  const document = WatDocument.open(text, "wat");
  const b = entryAt(document, text.indexOf("$b"), Space.func)!;
  expect(b.name).toBe("$b");
  expect(callersOf(document, b.entry).map(({ place, uses }) => `${place.name} ${uses.length}`)).toEqual(["$a 2"]);
  expect(calledBy(document, b.entry).map(({ place }) => place.name)).toEqual(["$c"]);
  expect(entryAt(document, text.indexOf("start"), Space.func)).toBeUndefined();
});

test("types above and below", () => {
  const text = "(type $a (sub (struct))) (type $b (sub $a (struct (field i32)))) (type $c (sub final $b (struct (field i32))))";
  const document = WatDocument.open(text, "wat");
  const { entry } = entryAt(document, text.indexOf("$b"), Space.type)!;
  expect(supertypesOf(document, entry).map(({ name }) => name)).toEqual(["$a"]);
  expect(subtypesOf(document, entry).map(({ name }) => name)).toEqual(["$c"]);
});

test("imports of files beside the text", () => {
  const text = '(import "./lib.wasm" "f" (func)) (import "env" "g" (func)) (func (import "../x.wat" "h")) (import "http://x/y" "i" (func))';
  expect(importedPaths(WatDocument.open(text, "wat")).map(({ path, span }) => [path, text.slice(span.start, span.end)])).toEqual([
    ["./lib.wasm", "./lib.wasm"],
    ["../x.wat", "../x.wat"],
  ]);
  expect(importedPaths(WatDocument.open('(import "./\ud800" "f" (func))', "wat"))).toEqual([]);
});
