import { array, assert, constantFrom, nat, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { movedSpan } from "#core/go/compiler/moved-span.ts";

/** Where `word` of the first text stands in the second. */
function moved(before: string, after: string, word = "wrong"): string | undefined {
  const start = before.indexOf(word);
  const span = movedSpan(before, after, { start, end: start + word.length });
  return span && `${span.start} ${after.slice(span.start, span.end)}`;
}

test.each([
  ["nothing changed", "a\nwrong\nb\n", "a\nwrong\nb\n", "2 wrong"],
  ["a line more above", "a\nwrong\nb\n", "x\na\nwrong\nb\n", "4 wrong"],
  ["a line more right above", "a\nwrong\nb\n", "a\nx\nwrong\nb\n", "4 wrong"],
  ["a line less above", "a\nwrong\nb\n", "wrong\nb\n", "0 wrong"],
  ["lines more below", "a\nwrong\nb\n", "a\nwrong\n\n\nb\n", "2 wrong"],
  ["the line goes on", "a\nwrong\nb\n", "a\nwrong x\nb\n", undefined],
  ["the line starts with something", "a\nwrong\nb\n", "a\nx wrong\nb\n", undefined],
  ["the line is joined with the one above", "a\nwrong\nb\n", "awrong\nb\n", undefined],
  ["the line is joined with the one below", "a\nwrong\nb\n", "a\nwrongb\n", undefined],
  ["the line is gone", "a\nwrong\nb\n", "a\nb\n", undefined],
  ["another word in the line", "a\nlet wrong\nb\n", "a\nvar wrong\nb\n", undefined],
  ["the line was the whole text", "wrong", "wrong\n", "0 wrong"],
  ["all is gone", "wrong", "", undefined],
])("%s", (_, before, after, expected) => {
  expect(moved(before, after)).toBe(expected);
});

const line = constantFrom("a", "b", "", "a b");
const lines = array(line, { maxLength: 6 });

test("what is moved stands in the same line as before, and lines that are put in elsewhere withdraw nothing", () => {
  assert(
    property(lines, lines, lines, (above, more, below) => {
      const before = [...above, "the wrong word", ...below].join("\n");
      expect(moved(before, [...more, ...above, "the wrong word", ...below].join("\n"), "wrong")).toMatch(/ wrong$/);
      expect(moved(before, [...above, "the wrong word", ...below, ...more].join("\n"), "wrong")).toMatch(/ wrong$/);
    }),
  );
  assert(
    property(lines, tuple(nat(40), nat(6), lines), (texts, [at, length, inserted]) => {
      const before = texts.join("\n");
      const start = Math.min(at, before.length);
      const after = before.slice(0, start) + inserted.join("\n") + before.slice(start + length);
      const word = Math.floor(before.length / 2);
      const span = movedSpan(before, after, { start: word, end: word });
      if (span !== undefined) expect(lineAround(after, span.start)).toBe(lineAround(before, word));
    }),
  );
});

function lineAround(text: string, at: number): string {
  const start = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  return text.slice(start, end < 0 ? text.length : end);
}
