import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { inlayHints } from "#core/wat/features/inlay-hints.ts";
import type { InlayHintOptions } from "#core/wat/features/inlay-hints.ts";

const none: InlayHintOptions = { types: false, ends: false, indices: false, stack: false, constants: false };

/** The text with its hints in `«»`. */
function hinted(text: string, options: Partial<InlayHintOptions>, part = { start: 0, end: text.length }): string {
  const hints = inlayHints(WatDocument.open(text, "wat"), part, { ...none, ...options });
  return hints.reduceRight((before, hint) => `${before.slice(0, hint.offset)}«${hint.text}»${before.slice(hint.offset)}`, text);
}

test("types of locals, globals and fields", () => {
  expect(
    hinted("(global $g (mut f64) (f64.const 0)) (func (param $x i32) (local (ref null func)) (drop (local.get $x)) (drop (local.get 1)) (drop (global.get $g)))", { types: true }), // prettier-ignore
  ).toBe(
    "(global $g (mut f64) (f64.const 0)) (func (param $x i32) (local (ref null func)) (drop (local.get $x«: i32»)) (drop (local.get 1«: (ref null func)»)) (drop (global.get $g«: f64»)))",
  );
  expect(hinted("(type $s (struct (field $x (mut i8)))) (func (drop (struct.get_s $s $x (ref.null $s))))", { types: true })).toContain(
    "struct.get_s $s $x«: (mut i8)»",
  );
});

test("what ends, where its start is lines away", () => {
  expect(hinted("(func\nblock $a\nnop\nloop\nnop\nend\nnop\nend\n)", { ends: true })).toBe(
    "(func\nblock $a\nnop\nloop\nnop\nend\nnop\nend«block $a»\n)",
  );
  expect(hinted("(func\nblock $a\nnop\nnop\nnop\nnop\nend $a\n)", { ends: true })).not.toContain("«");
  const long = `(func $f\n${"nop\n".repeat(12)})`;
  expect(hinted(long, { ends: true })).toBe(`${long}«(func $f)»`);
  expect(hinted(long, { ends: true }, { start: long.length - 3, end: long.length })).toBe(`${long}«(func $f)»`);
});

test("indices of what has no name", () => {
  expect(hinted('(import "m" "f" (func)) (func $a) (func) (memory 1) (rec (type (func)) (type $t (func)))', { indices: true })).toBe(
    '(import "m" "f" (func«(;0;)»)) (func $a) (func«(;2;)») (memory«(;0;)» 1) (rec (type«(;0;)» (func)) (type $t (func)))',
  );
});

test("the stack behind each line, and constants in the other form", () => {
  expect(hinted("(func (result i32)\ni32.const 1\ni64.const 2\ndrop\nreturn\ndrop)", { stack: true })).toBe(
    "(func (result i32)\ni32.const 1«[i32]»\ni64.const 2«[i32 i64]»\ndrop«[i32]»\nreturn«[…]»\ndrop)«[…]»",
  );
  expect(hinted("(func (drop (i32.const -2)) (drop (i32.const -20)) (drop (i64.const 0x10)))", { constants: true })).toBe(
    "(func (drop (i32.const -2)) (drop (i32.const -20«= 0xffffffec»)) (drop (i64.const 0x10«= 16»)))",
  );
});
