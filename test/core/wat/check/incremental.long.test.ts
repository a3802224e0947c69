import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { specCases } from "../spec-cases.ts";

const small = specCases()
  .filter(({ text, kind }) => text.length < 3_000 && kind !== "malformed")
  .map(({ text }) => text);

/** Texts that change what other fields mean, each whole or nearly so. */
const snippets = [
  "(func $new (param i64) (result f32) (f32.const 0))", "(type $new (struct (field i32)))", "(global $new (mut i64) (i64.const 0))",
  "(import \"m\" \"n\" (func (param i32)))", "(memory $new i64 1)", "(table $new 1 externref)", "(elem declare func 0)", "(export \"new\" (func 0))",
  "(tag $new (param f64))", "(data \"x\")", "(elem func 0)", "(param i32)", "(result i32)", "(local i64)", "i32", "i64", "f32", "(mut i32)", "(ref null 0)",
  "(call 0)", "(drop)", "(i32.const 1)", "(local.get 0)", "(global.get 0)", "(ref.func 0)", "(struct.get 0 0)", "0", "1", "$new", "nop", "unreachable", " ", ")", "(",
]; // prettier-ignore

describe("validation after an edit", () => {
  const step = fc.record({ place: fc.nat(), removed: fc.nat(3), text: fc.constantFrom(...snippets) });

  test.each([3, 5, 17])(
    "finds what a new document finds (seed %i)",
    (seed) => {
      const property = fc.property(fc.nat(), fc.array(step, { minLength: 1, maxLength: 6 }), fc.nat(1), (which, steps, asksBetween) => {
        let document = WatDocument.open(small[which % small.length]!, "wat");
        document.problems();
        for (const { place, removed, text } of steps) {
          // Between two tokens, so that most edits keep the syntax.
          const gaps = Array.from(document.text.matchAll(/\s+(?=[^\s])/g), ({ index }) => index + 1);
          const start = gaps.length === 0 ? 0 : gaps[place % gaps.length]!;
          const token = removed === 0 ? 0 : (/^\S*\s*/.exec(document.text.slice(start))?.[0].length ?? 0);
          document = document.edit([{ span: { start, end: Math.min(document.text.length, start + token) }, text: `${text} ` }]);
          if (asksBetween === 1) document.problems();
        }
        expect(document.problems()).toEqual(WatDocument.open(document.text, "wat").problems());
      });
      fc.assert(property, { seed, numRuns: 500 });
    },
    60_000,
  );
});

const codes = (one: WatDocument): string[] => one.problems().map(({ code, span }) => `${code} ${one.text.slice(span.start, span.end)}`);

/** Applies one edit where a text stands, and tells what is found before and after. */
function edited(text: string, from: string, to: string): { readonly before: string[]; readonly after: string[] } {
  const document = WatDocument.open(text, "wat");
  const before = codes(document);
  const start = text.indexOf(from);
  const after = codes(document.edit([{ span: { start, end: start + from.length }, text: to }]));
  return { before, after };
}

describe("a change elsewhere reaches who hangs on it", () => {
  const text = `(module
    (type $t (func (param i32)))
    (global $g (mut i32) (i32.const 0))
    (memory $m 1)
    (table $f 1 funcref)
    (func $callee (param i32))
    (func $caller (call $callee (i32.const 0)))
    (func $setter (global.set $g (i32.const 1)))
    (func $loader (drop (i32.load (i32.const 2))))
    (func $indirect (call_indirect (type $t) (i32.const 3) (i32.const 0)))
    (func $refers (drop (ref.func $callee)))
    (elem declare func $callee)
    (func $other (drop (i64.const 4))))`;

  test.each([
    ["a function's parameter", "$callee (param i32)", "$callee (param i64)", ["type-mismatch i32.const 0"]],
    ["a global's mutability", "(mut i32)", "i32", ["immutable $g"]],
    ["a global's type", "(mut i32) (i32.const 0)", "(mut i64) (i64.const 0)", ["type-mismatch i32.const 1"]],
    ["a memory's addresses", "$m 1", "$m i64 1", ["type-mismatch i32.const 2"]],
    ["a table's addresses", "$f 1", "$f i64 1", ["type-mismatch i32.const 0"]],
    ["a type", "$t (func (param i32))", "$t (func (param f32))", ["type-mismatch i32.const 3"]],
    ["a declaration", "(elem declare func $callee)", "", ["undeclared-reference $callee"]],
    ["a name", "(global $g", "(global $h", ["unknown-global $g"]],
  ])("%s", (_what, from, to, expected) => {
    expect(edited(text, from, to)).toEqual({ before: [], after: expected });
  });

  test("a type that only a body implies", () => {
    const implies = "(call_indirect (param f64) (f64.const 0) (i32.const 0))";
    const module = `(module (type $v (func)) (table 1 funcref) (func (type $v) ${implies})
      (func (type $v) (call_indirect (type 1) (f64.const 1) (i32.const 0))))`;
    expect(edited(module, implies, "")).toEqual({ before: [], after: ["unknown-type 1"] });
    expect(edited(module, implies, `${implies} ${implies}`)).toEqual({ before: [], after: [] });
  });
});

test("a function in which everything is wrong is told 1 000 times", () => {
  expect(WatDocument.open(`(func ${"(drop (i32.eqz (i64.const 0)))".repeat(100_000)})`, "wat").problems()).toHaveLength(1_000);
});
