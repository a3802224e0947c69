import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { encodeWat } from "#core/wat/encode.ts";
import { WatDocument } from "#core/wat/document.ts";
import { defaultFormat } from "#core/wat/format/options.ts";
import { rewriteFunction } from "#core/wat/refactor/instruction-form.ts";
import { typeRefactorings } from "#core/wat/refactor/types.ts";
import { applied } from "../lints/apply.ts";

function sameBytes(before: string, after: string): void {
  const [left, right] = [before, after].map((text) => encodeWat(WatDocument.open(text, "wat")).bytes);
  expect(left).toBeDefined();
  expect(right).toEqual(left);
}

const folded = `(module
  (func $f (param $n i32) (result i32)
    ;; Until zero.
    (block $done
      (br_if $done (i32.eqz (local.get $n))) ;; enough
      (local.set $n (i32.sub (local.get $n) (i32.const 1))))
    (if (result i32) (local.get $n)
      (then (i32.const 1))
      (else (i32.const 2)))))
`;
const flat = `(module
  (func $f (param $n i32) (result i32)
    ;; Until zero.
    block $done
      local.get $n
      i32.eqz
      br_if $done ;; enough
      local.get $n
      i32.const 1
      i32.sub
      local.set $n
    end
    local.get $n
    if (result i32)
      i32.const 1
    else
      i32.const 2
    end))
`;

function rewritten(text: string, form: "flat" | "folded"): string {
  const document = WatDocument.open(text, "wat");
  const edit = rewriteFunction(document, 1, form, defaultFormat)!;
  const result = applied(text, [edit]);
  sameBytes(text, result);
  return result;
}

test("a function made flat", () => {
  expect(rewritten(folded, "flat")).toBe(flat);
});

test("a function folded", () => {
  expect(rewritten(flat, "folded")).toBe(`(module
  (func $f (param $n i32) (result i32)
    ;; Until zero.
    (block $done
      (br_if $done (i32.eqz (local.get $n))) ;; enough
      (local.set $n (i32.sub (local.get $n) (i32.const 1))))
    (if (result i32) (local.get $n)
      (then
        (i32.const 1))
      (else
        (i32.const 2)))))
`);
});

test("what is in the form already is not offered", () => {
  expect(rewriteFunction(WatDocument.open(flat, "wat"), 1, "flat", defaultFormat)).toBeUndefined();
  expect(rewriteFunction(WatDocument.open(folded, "wat"), 1, "folded", defaultFormat)).toBeUndefined();
  expect(rewriteFunction(WatDocument.open("(module (func i32.bogus))", "wat"), 1, "folded", defaultFormat)).toBeUndefined();
});

test("the page shows one function in both forms", () => {
  const page = readFileSync(new URL("../../../../docs/wat-refactorings.md", import.meta.url), "utf8");
  const [inside, outside] = Array.from(page.matchAll(/```wat\n([^]*?)```/g), ([, text]) => text!);
  expect(rewritten(inside!, "flat")).toBe(outside);
  expect(rewritten(outside!, "folded")).toBe(inside);
});

describe("types", () => {
  test.each([
    ["(module (func (param |funcref)))", "(module (func (param (ref null func))))"],
    ["(module (func (param (|ref null extern))))", "(module (func (param externref)))"],
    ["(module (func (param |contref)))", "(module (func (param (ref null cont))))"],
    ["(module (func (|param i32 (ref null func) i64)))", "(module (func (param i32) (param (ref null func)) (param i64)))"],
    ["(module (func (|local i32) (local i64 f32) (local $x i32)))", "(module (func (local i32 i64 f32) (local $x i32)))"],
    ["(module (type (struct (|field i32 (mut i64)))))", "(module (type (struct (field i32) (field (mut i64)))))"],
  ])("%s", (marked, expected) => {
    const offset = marked.indexOf("|");
    const text = marked.replace("|", "");
    const results = typeRefactorings(WatDocument.open(text, "wat"), offset).map(({ edit }) => applied(text, [edit]));
    expect(results).toContain(expected);
    for (const result of results) sameBytes(text, result);
  });

  test("comments between them keep them apart", () => {
    const text = "(module (func (param i32) (; a ;) (param i32)))";
    expect(typeRefactorings(WatDocument.open(text, "wat"), text.indexOf("param"))).toEqual([]);
  });
});
