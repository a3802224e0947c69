import type { DocumentSymbol } from "vscode-languageserver-types";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { documentSymbols } from "../../../server/src/wat/document-symbol.ts";
import { foldingRanges } from "../../../server/src/wat/folding-range.ts";

/** Symbols as text: name, detail, what the editor selects. */
function outline(text: string, kind: "wat" | "wast" = "wat"): string[] {
  const document = WatDocument.open(text, kind);
  const lines = (symbol: DocumentSymbol, indent: string): string[] => {
    const selected = text.slice(document.lines.offsetAt(symbol.selectionRange.start), document.lines.offsetAt(symbol.selectionRange.end));
    const inside = (symbol.children ?? []).flatMap((child) => lines(child, `${indent}  `));
    return [`${indent}${symbol.name} | ${symbol.detail ?? ""} | ${selected}`, ...inside];
  };
  return documentSymbols(document).flatMap((symbol) => lines(symbol, ""));
}

test("the outline of a module names its fields and their types", () => {
  const text = `(module $all
    (type $callback (func (param i32 (ref null $point)) (result i64)))
    (rec (type $point (struct (field $x i32))) (type (array (mut i8))))
    (import "env" "log" (func $log (param $text i32)))
    (import "env" "memory" (memory 1 2))
    (table $t 1 funcref)
    (memory (export "m") i64 1)
    (global $g (mut i32) (i32.const 1))
    (tag $e (param f32))
    (func $named (type $callback) i64.const 0)
    (func (export "run") (param i32) (result i32 f64) (local i32) unreachable)
    (func)
    (export "log" (func $log))
    (start 2)
    (elem $handlers func $log)
    (data (i32.const 0) "x"))`;
  expect(outline(text)).toEqual([
    "$all |  | $all",
    "  $callback | type func [i32 (ref null $point)] -> [i64] | $callback",
    "  rec |  | rec",
    "    $point | type struct (field $x i32) | $point",
    "    type 2 | array (mut i8) | type",
    '  $log | import "env" "log" func [i32] -> [] | $log',
    '  "memory" | import "env" "memory" memory 1 2 | "memory"',
    "  $t | table 1 funcref | $t",
    '  "m" | memory i64 1 | "m"',
    "  $g | global (mut i32) | $g",
    "  $e | tag [f32] -> [] | $e",
    "  $named | func [i32 (ref null $point)] -> [i64] | $named",
    '  "run" | func [i32] -> [i32 f64] | "run"',
    "  func 3 | [] -> [] | func",
    '  "log" | export (func $log) | "log"',
    "  start | 2 | start",
    "  $handlers | elem | $handlers",
    "  data 0 |  | data",
  ]);
});

test("fields without a module, a module without its end, and modules of a script have an outline", () => {
  expect(outline("(func $a) (memory 1)")).toEqual(["$a | func [] -> [] | $a", "memory 0 | 1 | memory"]);
  expect(outline("(module (func $a) (func $b")).toEqual(["module |  | module", "  $a | func [] -> [] | $a", "  $b | func [] -> [] | $b"]);
  const script = '(module (func $a)) (assert_invalid (module $bad (func $b)) "type mismatch") (assert_return (invoke "x"))';
  expect(outline(script, "wast")).toEqual([
    "module |  | module",
    "  $a | func [] -> [] | $a",
    "$bad |  | $bad",
    "  $b | func [] -> [] | $b",
  ]);
});

/** The text with `>` at lines that start a fold, and how many lines below them it hides. */
function folded(text: string): string {
  const ranges = foldingRanges(WatDocument.open(text, "wat"));
  const starts = new Map(
    ranges.map(({ startLine, endLine, kind }) => [startLine, `${endLine - startLine}${kind === undefined ? "" : ` ${kind}`}`]),
  );
  return text
    .split("\n")
    .map((line, number) => (starts.has(number) ? `${line}  ;;> ${starts.get(number)!}` : line))
    .join("\n");
}

test("modules, fields, blocks, arms and comments fold, and their ends stay in sight", () => {
  const expectation = `;; about  ;;> 1 comment
;; this
(module  ;;> 32
  (;  ;;> 2 comment
    long
  ;)
  (func $flat  ;;> 15
    block $a  ;;> 12
      loop  ;;> 2
        nop
        nop
      end
      i32.const 0
      if  ;;> 5
        nop
        nop
      else  ;;> 2
        nop
        nop
      end
    end $a
    nop
  )
  ;; one line
  (func $folded (param i32)  ;;> 10
    (if (local.get 0)  ;;> 5
      (then  ;;> 1
        nop)
      (else  ;;> 1
        nop
      )
    )
    (block
    )
    nop)
)`;
  const text = expectation.replace(/ {2};;> .*$/gm, "");
  expect(folded(text)).toBe(expectation);
});

describe("100 000 nested blocks", () => {
  const depth = 100_000;
  test.each([
    ["flat", `(func $deep\n${"block\n".repeat(depth)}nop\n${"end\n".repeat(depth)})`],
    ["folded", `(func $deep\n${"(block\n".repeat(depth)}nop${"\n)".repeat(depth)})`],
  ])("%s: symbols and folds", (_, text) => {
    const document = WatDocument.open(text, "wat");
    expect(documentSymbols(document).map(({ name }) => name)).toEqual(["$deep"]);
    const ranges = foldingRanges(document);
    expect(ranges).toHaveLength(depth + 1);
    expect(ranges[depth]).toMatchObject({ startLine: depth, endLine: depth + 1 });
  });
});

test("a comment behind code, below one that folds, is no fold of its own", () => {
  const text = "(func\n  ;; one\n  ;; two\n  nop ;; three\n  nop)";
  expect(foldingRanges(WatDocument.open(text, "wat")).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
    [0, 4],
    [1, 2],
  ]);
});

test("after edits there are the folds of the whole text", () => {
  let document = WatDocument.open("(module\n  (func\n    block\n      nop\n    end)\n\n  ;; one\n  ;; two\n  (func\n    nop))\n", "wat");
  let random = 7;
  for (let round = 0; round < 200; round++) {
    foldingRanges(document);
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    const start = random % document.text.length;
    const text = ["\n", "(func\n", ")", ";; x\n", " ", "", "nop"][(random >>> 8) % 7]!;
    document = document.edit([{ span: { start, end: Math.min(document.text.length, start + ((random >>> 16) % 3)) }, text }]);
    expect(foldingRanges(document)).toEqual(foldingRanges(WatDocument.open(document.text, "wat")));
  }
});
