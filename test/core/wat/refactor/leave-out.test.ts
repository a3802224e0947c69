import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { emptyLists } from "#core/wat/refactor/empty-lists.ts";
import { omittedIndex } from "#core/wat/refactor/omitted-index.ts";
import { removeMut } from "#core/wat/refactor/remove-mut.ts";
import { offers, result, results } from "./offered.ts";

function bytesOf(text: string): Uint8Array {
  const document = WatDocument.open(text, "wat");
  expect(document.problems(), text).toEqual([]);
  return encodeWat(document).bytes!;
}

const using = (body: string): string => `(module
  (memory $m 1) (table 1 funcref) (elem $e func 0) (data $d "x") (memory $other 1)
  (func (local v128) ${body}))`;

describe("the memory or table of an instruction", () => {
  test.each([
    ["a load", "(drop (|i32.load (i32.const 0)))", "(drop (i32.load $m (i32.const 0)))"],
    ["an address with offset", "i32.const 0 |i32.load offset=4 drop", "i32.const 0 i32.load $m offset=4 drop"],
    ["a lane", "(drop (|v128.load8_lane 3 (i32.const 0) (local.get 0)))", "(drop (v128.load8_lane $m 3 (i32.const 0) (local.get 0)))"],
    [
      "two memories",
      "(|memory.copy (i32.const 0) (i32.const 0) (i32.const 0))",
      "(memory.copy $m $m (i32.const 0) (i32.const 0) (i32.const 0))",
    ],
    [
      "before data",
      "(|memory.init $d (i32.const 0) (i32.const 0) (i32.const 0))",
      "(memory.init $m $d (i32.const 0) (i32.const 0) (i32.const 0))",
    ],
    [
      "a table without a name",
      "(|table.init $e (i32.const 0) (i32.const 0) (i32.const 0))",
      "(table.init 0 $e (i32.const 0) (i32.const 0) (i32.const 0))",
    ],
    ["of an indirect call", "(|call_indirect (i32.const 0))", "(call_indirect 0 (i32.const 0))"],
  ])("%s", (_, marked, expected) => {
    const given = using(expected);
    expect(result(omittedIndex, using(marked))).toBe(given);
    const word = /^\(?\w[^ ]*/.exec(marked.slice(marked.indexOf("|") + 1))![0];
    expect(result(omittedIndex, given.replace(`${word} `, `|${word} `))).toBe(using(marked.replace("|", "")));
    expect(bytesOf(given)).toEqual(bytesOf(using(marked.replace("|", ""))));
  });

  test.each([
    ["another memory", "(drop (|i32.load $other (i32.const 0)))"],
    ["a lane alone, which is no memory", "(drop (i8x16.extract_lane_s |0 (local.get 0)))"],
    ["one of two that is another", "(|memory.copy $other $m (i32.const 0) (i32.const 0) (i32.const 0))"],
  ])("not of %s", (_, marked) => {
    expect(offers(omittedIndex, using(marked)).changes).toEqual([]);
  });
});

describe("lists of no types", () => {
  test.each([
    ["(module (func (|param) (result) (local) nop))", "(module (func (result) (local) nop))"],
    ["(module (func (param i32) (|result) nop))", "(module (func (param i32) nop))"],
    ["(module (type (struct (|field))))", "(module (type (struct)))"],
    ["(module (func (block (|result) nop)))", "(module (func (block nop)))"],
    ["(module (func block (|param) nop end))", "(module (func block nop end))"],
  ])("%s", (marked, expected) => {
    const [changed] = Object.values(results(emptyLists, marked));
    expect(changed).toBe(expected);
    expect(bytesOf(changed!)).toEqual(bytesOf(marked.replace("|", "")));
  });

  test("all of a field", () => {
    const changed = result(emptyLists, "(module (func (param) (|result) (local) (block (result) nop)))", "all");
    expect(changed).toBe("(module (func (block nop)))");
  });

  test.each([
    "(module (func (|param i32)))",
    "(module (func (|param (; none ;))))",
    "(module (table 1 funcref) (func (drop (select (|result) (i32.const 0) (i32.const 0) (i32.const 0)))))",
  ])("not %s", (marked) => expect(offers(emptyLists, marked).changes).toEqual([]));
});

describe("`mut` of a global", () => {
  test("that nothing sets", () => {
    const changed = result(removeMut, "(module (global $g (|mut i32) (i32.const 1)) (func (drop (global.get $g))))");
    expect(changed).toBe("(module (global $g i32 (i32.const 1)) (func (drop (global.get $g))))");
    bytesOf(changed);
  });

  test.each([
    "(module (global $g (|mut i32) (i32.const 1)) (func (global.set $g (i32.const 2))))",
    '(module (global $g (|mut i32) (i32.const 1)) (export "g" (global 0)))',
    '(module (global (export "g") (|mut i32) (i32.const 1)))',
    '(module (global (import "a" "b") (|mut i32)))',
    "(module (type (struct (field (|mut i32)))))",
  ])("not %s", (marked) => expect(offers(removeMut, marked).changes).toEqual([]));
});
