import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";

// wasm-tools says so, too: a segment that names its table or memory is an active one.
test.each([
  '(module (memory 1) (data 0 "x"))',
  '(module (memory $m 1) (data $d $m "x"))',
  "(module (func) (table 1 funcref) (elem 0 func 0))",
  "(module (func) (table 1 funcref) (elem 0 funcref (item ref.func 0)))",
])("the offset is missing in %s", (text) => {
  expect(WatDocument.open(text, "wat").problems()).toMatchObject([
    { code: "unexpected-token", message: expect.stringContaining("offset") as string },
  ]);
});

test.each([
  '(module (memory 1) (data 0 (i32.const 0) "x") (data "y") (data $d "z"))',
  "(module (func) (table 1 funcref) (elem 0 (i32.const 0) 0) (elem 0 (i32.const 0) func 0) (elem func 0))",
])("nothing is missing in %s", (text) => {
  expect(WatDocument.open(text, "wat").problems()).toEqual([]);
});
