import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import { LineIndex } from "#core/text/line-index.ts";
import { Documents } from "../../server/src/documents.ts";

const fragment = fc
  .array(fc.constantFrom("(", ")", "func", " ", "\n", "\r\n", "\r", ";;", "𝒳", '"', "nop", "(;", ";)"), { maxLength: 12 })
  .map((words) => words.join(""));
const position = fc.record({ line: fc.nat(6), character: fc.nat(12) });
const change = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record({ start: position, end: position, text: fragment })
      .map(({ start, end, text }) => ({ range: ordered(start, end), text })),
  },
  { weight: 1, arbitrary: fc.record({ text: fragment }) },
);

type Position = { readonly line: number; readonly character: number };

function ordered(a: Position, b: Position): { start: Position; end: Position } {
  return a.line < b.line || (a.line === b.line && a.character <= b.character) ? { start: a, end: b } : { start: b, end: a };
}

/** A new document for every change: kept ones (1.0.16) lose count of lines when a change lies behind the last. */
function referenceText(text: string, change: TextDocumentContentChangeEvent): string {
  return TextDocument.update(TextDocument.create("untitled:a", "text", 1, text), [change], 2).getText();
}

function textAfter(languageId: string, text: string, changes: TextDocumentContentChangeEvent[]): string {
  const failures: string[] = [];
  const documents = new Documents((message) => failures.push(message));
  documents.open({ uri: "untitled:a", languageId, version: 1, text });
  documents.change("untitled:a", 2, changes);
  expect(failures).toEqual([]);
  const after = documents.get("untitled:a")!;
  if (after.kind === "go") expect(startsOf(after.lines)).toEqual(startsOf(new LineIndex(after.text)));
  return after.text;
}

function startsOf(lines: LineIndex): number[] {
  return Array.from({ length: lines.lineCount }, (_, line) => lines.lineStart(line));
}

describe.each(["wat", "wast", "go"])("changes of a %s document", (language) => {
  test("have the outcome that vscode-languageserver-textdocument gives them", () => {
    fc.assert(
      fc.property(fragment, fc.array(change, { minLength: 1, maxLength: 5 }), (text, changes) => {
        expect(textAfter(language, text, changes)).toBe(changes.reduce(referenceText, text));
      }),
      { numRuns: 500 },
    );
  });

  test("from the end to the start, as VS Code sends them, too", () => {
    const text = "(func nop)\r\n".repeat(50);
    const changes = Array.from({ length: 50 }, (_, at) => ({
      range: { start: { line: 49 - at, character: 6 }, end: { line: 49 - at, character: 9 } },
      text: "unreachable\n",
    }));
    expect(textAfter(language, text, changes)).toBe("(func unreachable\n)\r\n".repeat(50));
  });
});

test("thousands of replacements in a large file take a moment, not minutes", () => {
  const text = "(func nop)\n".repeat(20_000);
  const changes = Array.from({ length: 20_000 }, (_, at) => ({
    range: { start: { line: 19_999 - at, character: 6 }, end: { line: 19_999 - at, character: 9 } },
    text: "unreachable",
  }));
  const start = performance.now();
  expect(textAfter("wat", text, changes)).toBe("(func unreachable)\n".repeat(20_000));
  expect(performance.now() - start).toBeLessThan(3000);
});
