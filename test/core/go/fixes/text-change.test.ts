import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { applyChanges, changesBetween } from "#core/go/fixes/text-change.ts";

const lines = array(constantFrom("a\n", "b\n", "c\r\n", "d\n", "\n", "e"), { maxLength: 30 }).map((parts) => parts.join(""));

test("the changes between two texts lead from one to the other", () => {
  assert(
    property(lines, lines, (before, after) => {
      const changes = changesBetween(before, after);
      expect(applyChanges(before, changes)).toBe(after);
      // Ascending, and each apart from the next.
      for (const [index, { span }] of changes.entries()) {
        expect(span.start).toBeLessThanOrEqual(span.end);
        if (index > 0) expect(changes[index - 1]!.span.end).toBeLessThan(span.start);
      }
    }),
  );
});

test("what stays is not touched", () => {
  const before = "one\ntwo\nthree\nfour\nfive\n";
  expect(changesBetween(before, "zero\none\ntwo\nfour\nfive and more\n")).toEqual([
    { span: { start: 0, end: 0 }, text: "zero\n" },
    { span: { start: 8, end: 14 }, text: "" },
    { span: { start: 19, end: 24 }, text: "five and more\n" },
  ]);
  expect(changesBetween(before, before)).toEqual([]);
});

test("texts that have little in common are replaced in time", () => {
  const [before, after] = ["x", "y"].map((word) => Array.from({ length: 20_000 }, (_, index) => `${word}${index}\n`).join(""));
  expect(applyChanges(before!, changesBetween(before!, after!))).toBe(after);
});
