import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { extractType } from "#core/wat/refactor/extract-type.ts";
import { inlineType } from "#core/wat/refactor/inline-type.ts";
import type { Refactor } from "#core/wat/refactor/refactoring.ts";
import { offers, result } from "./offered.ts";
import { outcomes } from "./same-results.ts";

/** Without the names, of which types get more. */
function bytesOf(text: string): string {
  const document = WatDocument.open(text, "wat");
  expect(document.problems(), text).toEqual([]);
  const hex = Buffer.from(encodeWat(document).bytes!).toString("hex");
  const names = hex.indexOf(Buffer.from("\u0004name").toString("hex"));
  return names < 0 ? hex : hex.slice(0, names - 4);
}

function check(refactor: Refactor, marked: string, expected: string): void {
  const text = result(refactor, marked);
  expect(text).toBe(expected);
  expect(bytesOf(text)).toBe(bytesOf(marked.replace("|", "")));
}

test.each([
  [
    "(module\n  (func (|param i32) (result i64) unreachable))",
    "(module\n  (type $t (func (param i32) (result i64)))\n  (func (type $t) unreachable))",
  ],
  [
    "(module (func |$f (param $x i32) (param i64)))",
    "(module (type $t (func (param i32 i64))) (func $f (type $t) (param $x i32) (param i64)))",
  ],
  [
    '(module (type $t (func)) (import "a" "b" (func (result |f32))))',
    '(module (type $t (func)) (type $t2 (func (result f32))) (import "a" "b" (func (type $t2))))',
  ],
  ["(module (tag |$e (param i32)))", "(module (type $t (func (param i32))) (tag $e (type $t)))"],
])("a type gets a name: %s", (marked, expected) => {
  check(extractType, marked, expected);
});

test("a block with one result, whose type is then no longer a single byte", () => {
  const changed = result(extractType, '(module (func (export "f") (result i32) (block (|result i32) (i32.const 7))))');
  expect(changed).toBe('(module (type $t (func (result i32))) (func (export "f") (result i32) (block (type $t) (i32.const 7))))');
  expect(outcomes(changed)).toEqual(outcomes('(module (func (export "f") (result i32) (i32.const 7)))'));
});

test("what is said of the first field, and of the module, stays with it", () => {
  check(
    extractType,
    "(module $m ;; all\n  ;; about f\n  (func $f (|param i32)))",
    "(module $m ;; all\n  (type $t (func (param i32)))\n  ;; about f\n  (func $f (type $t)))",
  );
  check(
    extractType,
    '(module (@deprecated "x") (func (|param i32)))',
    '(module (type $t (func (param i32))) (@deprecated "x") (func (type $t)))',
  );
  check(extractType, "(func (|param i32))", "(type $t (func (param i32)))\n(func (type $t))");
});

test("a type that is there is used", () => {
  check(
    extractType,
    "(module (type $b (func (param i32))) (table 1 funcref) (func (call_indirect (|param i32) (i32.const 1) (i32.const 0))))",
    "(module (type $b (func (param i32))) (table 1 funcref) (func (call_indirect (type $b) (i32.const 1) (i32.const 0))))",
  );
  check(extractType, "(module (type (func (param i32))) (func (|param i32)))", "(module (type (func (param i32))) (func (type 0)))");
});

test("blocks of several values, whose type moves before those that are only used", () => {
  const text = "(module (func (param i32)) (func (result i32 i32) block (|result i32 i32) i32.const 1 i32.const 2 end))";
  const changed = result(extractType, text);
  expect(changed).toBe(
    "(module (type $t (func (result i32 i32))) (func (param i32)) (func (result i32 i32) block (type $t) i32.const 1 i32.const 2 end))",
  );
  expect(WebAssembly.validate(new Uint8Array(Buffer.from(bytesOf(changed), "hex")))).toBe(true);
});

test("not where the index of another type would change, or the type is short already", () => {
  expect(offers(extractType, "(module (func (param i64)) (func (|param i32)) (func (type 1) (param i32)))").changes).toEqual([]);
  expect(offers(extractType, "(module (func (block (|result i32) (i32.const 1)) drop))", false).changes).toEqual([]);
  expect(offers(extractType, "(module (type $t (func (param i32))) (func (type |$t) (param i32)))").changes).toEqual([]);
});

test.each([
  [
    "(module (type $t (func (param $x i32) (param i64) (result f32))) (func (type |$t) unreachable))",
    "(module (type $t (func (param $x i32) (param i64) (result f32))) (func (param i32 i64) (result f32) unreachable))",
  ],
  ["(module (type $t (func (param i32))) (func (|type $t) (param $x i32)))", "(module (type $t (func (param i32))) (func (param $x i32)))"],
  ["(module (type $t (func)) (func (|type 0)))", "(module (type $t (func)) (func))"],
  [
    "(module (type $s (struct)) (type $t (func (param (ref $s)))) (table 1 funcref) (func (param (ref $s)) (call_indirect (type |$t) (local.get 0) (i32.const 0))))",
    "(module (type $s (struct)) (type $t (func (param (ref $s)))) (table 1 funcref) (func (param (ref $s)) (call_indirect (param (ref $s)) (local.get 0) (i32.const 0))))",
  ],
])("a type is written out: %s", (marked, expected) => {
  check(inlineType, marked, expected);
});

test("not a type that parameters and results alone do not mean", () => {
  expect(offers(inlineType, "(module (type $t (sub (func))) (func (type |$t)))").changes).toEqual([]);
  expect(offers(inlineType, "(module (rec (type $t (func)) (type (struct))) (func (type |$t)))").changes).toEqual([]);
});
