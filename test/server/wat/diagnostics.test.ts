import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { watCodes } from "#core/wat/problem.ts";
import { watDiagnostics } from "../../../server/src/wat/diagnostics.ts";

const folder = fileURLToPath(new URL("../../../docs/diagnostics/", import.meta.url));
const fence = /^```(wat|wast)(?: error=([a-z0-9-]+))?\n(.*?)^```$/gms;

describe("the page of each diagnostic", () => {
  test.each(watCodes)("%s: its examples give what they say", (code) => {
    const page = readFileSync(`${folder}${code}.md`, "utf8");
    const examples = Array.from(page.matchAll(fence), ([, language, error, text = ""]) => ({ language, error, text }));
    expect(examples.map(({ error }) => error)).toEqual([code, undefined]);
    for (const { language, error, text } of examples) {
      const found = WatDocument.open(text, language === "wast" ? "wast" : "wat")
        .problems()
        .map((problem) => problem.code);
      expect(found, text).toEqual(error === undefined ? [] : [error]);
    }
  });

  test("there is no page with WAT for a code that is never given", () => {
    const pages = readdirSync(folder).filter((name) => /^```was?t error=/m.test(readFileSync(`${folder}${name}`, "utf8")));
    expect(pages.map((name) => name.replace(/\.md$/, "")).sort()).toEqual(Array.from(watCodes).sort());
  });
});

test("a diagnostic has range, code, page and the related place", () => {
  const document = WatDocument.open("(module\n  (func $é)\n  (func $a)\n  (func $a)\n)".replace("$é", '$"é"'), "wat");
  expect(watDiagnostics(document, "file:///a.wat")).toEqual([
    {
      range: { start: { line: 3, character: 8 }, end: { line: 3, character: 10 } },
      severity: 1,
      source: "wat",
      code: "duplicate-name",
      codeDescription: { href: "https://github.com/go-wasm/vscode-go-wasm/blob/main/docs/diagnostics/duplicate-name.md" },
      message: "There is another function `$a`. Give one of them another name.",
      relatedInformation: [
        {
          location: { uri: "file:///a.wat", range: { start: { line: 2, character: 8 }, end: { line: 2, character: 10 } } },
          message: "The first one is here.",
        },
      ],
    },
  ]);
});

/** The text with a caret line under each diagnostic, so that a test shows input and expectation together. */
function marked(text: string): string {
  const document = WatDocument.open(text, "wat");
  const lines = text.split("\n");
  return lines
    .flatMap((line, number) => {
      const own = watDiagnostics(document).filter(({ range }) => range.start.line === number);
      const carets = own.map(({ range, code }) => {
        const end = range.end.line === number ? range.end.character : line.length;
        return `${" ".repeat(range.start.character)}${"^".repeat(Math.max(1, end - range.start.character))} ${String(code)}`;
      });
      return [line, ...carets];
    })
    .join("\n");
}

test("ranges are the smallest thing to change", () => {
  const expectation = String.raw`(module
  (import "env" "log" (func $log (param i23)))
                                        ^^^ unexpected-token
  (memory 1)
  (data (i32.const 0) "ab\qc")
                         ^^ bad-escape
  (func $main (param $a i32) (local $a i64)
                                    ^^ duplicate-name
    (i32.store align=3 (i32.const 0) (i32.const 0x1_0000_0000))
               ^^^^^^^ bad-alignment
                                                ^^^^^^^^^^^^^ constant-out-of-range
    block $l
      br $m
         ^^ unknown-label
    end $k
        ^^ mismatching-label
    call $lgo
         ^^^^ unknown-func
    i32.ad
    ^^^^^^ unknown-instruction
    v128.const i64x2 1
               ^^^^^ lane-count
    drop)
  (export "main" (func 7))
                       ^ unknown-func
)`;
  const text = expectation
    .split("\n")
    .filter((line) => !/^ *\^+ [a-z-]+$/.test(line))
    .join("\n");
  expect(marked(text)).toBe(expectation);
});
