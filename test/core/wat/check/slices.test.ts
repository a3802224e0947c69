import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { specCases } from "../spec-cases.ts";

const small = specCases()
  .filter(({ text, kind }) => text.length < 3_000 && kind !== "malformed")
  .map(({ text }) => text);

describe("a check in parts", () => {
  test("finds what a check at once finds, also where another document is checked between the parts", () => {
    const property = fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 40 }), fc.boolean(), (which, other, limit, interrupts) => {
      const text = small[which % small.length]!;
      const document = WatDocument.open(text, "wat");
      for (let parts = 0; !document.advance(limit); parts++) {
        if (interrupts && parts % 3 === 2) WatDocument.open(small[other % small.length]!, "wat").problems();
        // A body begins anew behind an interruption, so parts that are too small would never end.
        if (parts > 10) while (!document.advance(10_000));
      }
      expect(document.problems()).toEqual(WatDocument.open(text, "wat").problems());
    });
    fc.assert(property, { seed: 4, numRuns: 2_000 });
  });

  test("can be left for the text after an edit, and be gone back to", () => {
    const body = "local.get 0\ni32.const 7\ni32.add\nlocal.set 0\n".repeat(1_000);
    const text = `(module (func $f (param i32) ${body}) (func $g (result i32) (i64.const 0)) (func (call $f (i32.const 1))))`;
    const first = WatDocument.open(text, "wat");
    expect(first.advance(100)).toBe(false);
    const place = text.indexOf("i32.const 7");
    const second = first.edit([{ span: { start: place, end: place + 3 }, text: "f32" }]);
    expect(second.advance(500)).toBe(false);
    const third = second.edit([{ span: { start: place, end: place + 3 }, text: "i32" }]);
    while (!third.advance(1_000));
    expect(third.problems()).toEqual(WatDocument.open(text, "wat").problems());
    expect(third.problems()).toHaveLength(1);
    expect(second.problems()).toEqual(WatDocument.open(second.text, "wat").problems());
    expect(first.problems()).toEqual(third.problems());
  });
});
