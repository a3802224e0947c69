import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TextPieces } from "#core/text/text-pieces.ts";

test("an empty text, and one that becomes empty", () => {
  expect(TextPieces.of("").toString()).toBe("");
  const emptied = TextPieces.of("abc").edited(0, 3, "");
  expect({ length: emptied.length, text: emptied.toString(), part: emptied.slice(0, 5) }).toEqual({ length: 0, text: "", part: "" });
  expect(emptied.edited(0, 0, "x").slice()).toBe("x");
});

test("edits leave what was there before as it was", () => {
  const before = TextPieces.of("one two").edited(3, 4, "-");
  const after = before.edited(0, 3, "");
  expect([before.toString(), after.toString()]).toEqual(["one-two", "-two"]);
});

test("after any edits, any part is that of a string", () => {
  const edit = fc.record({
    at: fc.nat(200),
    removed: fc.nat(8),
    inserted: fc.string({ maxLength: 8 }),
    from: fc.nat(250),
    length: fc.nat(60),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.array(edit, { maxLength: 150, size: "max" }), fc.nat(20), (first, edits, wholeEach) => {
      let text = first;
      let pieces = TextPieces.of(first);
      for (const [round, { at, removed, inserted, from, length }] of edits.entries()) {
        const start = Math.min(at, text.length);
        const end = Math.min(start + removed, text.length);
        text = text.slice(0, start) + inserted + text.slice(end);
        pieces = pieces.edited(start, end, inserted);
        expect(pieces.length).toBe(text.length);
        expect(pieces.slice(from, from + length)).toBe(text.slice(from, from + length));
        if (round % 20 === wholeEach) expect(pieces.toString()).toBe(text);
      }
      expect(pieces.toString()).toBe(text);
    }),
  );
});
