import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LineIndex } from "#core/text/line-index.ts";

// vscode-languageserver-textdocument is how VS Code's own servers count lines and columns.
test("positions are those of VS Code's own text document", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "é", "𝒳", "\n", "\r", "\r\n", " ") });
  fc.assert(
    fc.property(text, fc.nat(40), fc.nat(8), fc.nat(8), (content, offset, line, character) => {
      const ours = new LineIndex(content);
      const theirs = TextDocument.create("file:///x", "x", 1, content);
      expect(ours.lineCount).toBe(theirs.lineCount);
      expect(ours.offsetAt({ line, character })).toBeLessThanOrEqual(content.length);
      const clamped = Math.min(offset, content.length);
      // Between CR and LF their position is that before the CR; no feature of ours asks for it.
      if (content.slice(clamped - 1, clamped + 1) === "\r\n") return;
      expect(ours.positionAt(offset)).toEqual(theirs.positionAt(offset));
      expect(ours.offsetAt(ours.positionAt(clamped))).toBe(clamped);
    }),
    { numRuns: 500 },
  );
});

test("an empty text has one line", () => {
  expect(new LineIndex("").rangeOf({ start: 0, end: 5 })).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
});
