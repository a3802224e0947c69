import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { problemFixes } from "#core/wat/refactor/fixes/index.ts";
import { applied } from "../apply-in-order.ts";

/** The texts after each fix of the first problem, all of which must be without one. */
function fixed(text: string): string[] {
  const document = WatDocument.open(text, "wat");
  const [problem] = document.problems();
  expect(problem, text).toBeDefined();
  const results = problemFixes(document, problem!).map(({ edits }) => applied(text, edits));
  for (const result of results) expect(WatDocument.open(result, "wat").problems(), result).toEqual([]);
  return results;
}

const inMemory = (body: string): string => `(module (memory 1) (func (drop ${body})))`;
const withTypes = (body: string): string => `(module
  (type $s (struct (field $b i8) (field $i i32))) (type $a (array i16)) (type $w (array i32))
  (func (param (ref $s) (ref $a) (ref $w)) (drop ${body})))`;

describe("alignment", () => {
  test.each([
    ["(i32.load align=8 (i32.const 0))", "(i32.load align=4 (i32.const 0))"],
    ["(i64.load16_u offset=4 align=16 (i32.const 0))", "(i64.load16_u offset=4 align=2 (i32.const 0))"],
    ["(f64.load align=3 (i32.const 0))", "(f64.load align=8 (i32.const 0))"],
    ["(i32.atomic.load align=1 (i32.const 0))", "(i32.atomic.load align=4 (i32.const 0))"],
  ])("%s", (given, expected) => {
    expect(fixed(inMemory(given))).toEqual([inMemory(expected)]);
  });
});

describe("packed fields", () => {
  test.each([
    ["(struct.get $s $b (local.get 0))", ["(struct.get_s $s $b (local.get 0))", "(struct.get_u $s $b (local.get 0))"]],
    ["(struct.get_u $s $i (local.get 0))", ["(struct.get $s $i (local.get 0))"]],
    [
      "(array.get $a (local.get 1) (i32.const 0))",
      ["(array.get_s $a (local.get 1) (i32.const 0))", "(array.get_u $a (local.get 1) (i32.const 0))"],
    ],
    ["(array.get_s $w (local.get 2) (i32.const 0))", ["(array.get $w (local.get 2) (i32.const 0))"]],
  ])("%s", (given, expected) => {
    expect(fixed(withTypes(given))).toEqual(expected.map(withTypes));
  });
});

describe("`mut`", () => {
  test.each([
    [
      "(module (global $g i32 (i32.const 0)) (func (global.set $g (i32.const 1))))",
      "(module (global $g (mut i32) (i32.const 0)) (func (global.set $g (i32.const 1))))",
    ],
    [
      '(module (global (export "g") (ref null func) (ref.null func)) (func (global.set 0 (ref.null func))))',
      '(module (global (export "g") (mut (ref null func)) (ref.null func)) (func (global.set 0 (ref.null func))))',
    ],
    [
      "(module (type $s (struct (field i32 i64))) (func (param (ref $s)) (struct.set $s 1 (local.get 0) (i64.const 1))))",
      "(module (type $s (struct (field i32 (mut i64)))) (func (param (ref $s)) (struct.set $s 1 (local.get 0) (i64.const 1))))",
    ],
    [
      "(module (type $a (array (ref null any))) (func (param (ref $a)) (array.set $a (local.get 0) (i32.const 0) (ref.null any))))",
      "(module (type $a (array (mut (ref null any)))) (func (param (ref $a)) (array.set $a (local.get 0) (i32.const 0) (ref.null any))))",
    ],
    [
      "(module (rec (type (struct)) (type $a (array i8))) (func (param (ref $a)) (array.set $a (local.get 0) (i32.const 0) (i32.const 0))))",
      "(module (rec (type (struct)) (type $a (array (mut i8)))) (func (param (ref $a)) (array.set $a (local.get 0) (i32.const 0) (i32.const 0))))",
    ],
  ])("%s", (given, expected) => {
    expect(fixed(given)).toEqual([expected]);
  });

  test.each([
    ["an imported global", '(module (global $g (import "a" "b") i32) (func (global.set $g (i32.const 1))))'],
    [
      "a field that another type must have as it is",
      "(module (type $s (sub (struct (field i32)))) (type $t (sub $s (struct (field i32)))) (func (param (ref $s)) (struct.set $s 0 (local.get 0) (i32.const 1))))",
    ],
  ])("not of %s", (_, text) => {
    const document = WatDocument.open(text, "wat");
    expect(document.problems().map(({ code }) => code)).toEqual(["immutable"]);
    expect(problemFixes(document, document.problems()[0]!)).toEqual([]);
  });
});

describe("results", () => {
  test.each([
    ["(module (func i32.const 1))", "(module (func (result i32) i32.const 1))"],
    [
      '(module (func $f (export "f") (param $x i64) (local f32) local.get $x (f32.const 1)))',
      '(module (func $f (export "f") (param $x i64) (result i64 f32) (local f32) local.get $x (f32.const 1)))',
    ],
    ["(module (func block $l i32.const 1 end $l drop))", "(module (func block $l (result i32) i32.const 1 end $l drop))"],
    ["(module (func (drop (block (i32.const 1)))))", "(module (func (drop (block (result i32) (i32.const 1)))))"],
    [
      "(module (func (result i32) (if (i32.const 0) (then (i32.const 1)) (else (i32.const 2)))))",
      "(module (func (result i32) (if (result i32) (i32.const 0) (then (i32.const 1)) (else (i32.const 2)))))",
    ],
    [
      "(module (func (result i32) i32.const 0 if i32.const 1 else i32.const 2 end))",
      "(module (func (result i32) i32.const 0 if (result i32) i32.const 1 else i32.const 2 end))",
    ],
    [
      "(module (type $s (struct)) (func (drop (loop (struct.new $s)))))",
      "(module (type $s (struct)) (func (drop (loop (result (ref $s)) (struct.new $s)))))",
    ],
    [
      "(module (func (result i32) (result f32) (local i32) i32.const 1 f32.const 2 i32.const 3))",
      "(module (func (result i32 f32 i32) (local i32) i32.const 1 f32.const 2 i32.const 3))",
    ],
    ["(module (type (struct)) (func (ref.null 0)))", "(module (type (struct)) (func (result (ref null 0)) (ref.null 0)))"],
  ])("%s", (given, expected) => {
    expect(fixed(given)).toEqual([expected]);
  });

  test.each([
    ["of fewer values than are asked for", "(module (func (result i32 i32) i32.const 1))"],
    ["where a branch brings none", "(module (func (block $l (br_if $l (i32.const 0)) (i32.const 1))))"],
    ["with a comment in them", "(module (func (result i32) (; one ;) (result i32) i32.const 1 i32.const 2 i32.const 3))"],
    ["of a named type", "(module (type $t (func)) (func (type $t) i32.const 1))"],
    ["of an `if` without `else`", "(module (func (if (i32.const 0) (then (i32.const 1)))))"],
    ["of arms that differ", "(module (func (if (i32.const 0) (then (i32.const 1)) (else (f32.const 1)))))"],
    ["where another type is wrong", "(module (func (drop (i32.eqz (f32.const 1)))))"],
  ])("not those %s", (_, text) => {
    const document = WatDocument.open(text, "wat");
    expect(document.problems().flatMap((problem) => problemFixes(document, problem))).toEqual([]);
  });
});
