import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { linkedLabels } from "#core/wat/features/linked-labels.ts";
import { selectionSpans } from "#core/wat/features/selection-range.ts";
import { namedDefinitions } from "#core/wat/features/workspace-symbols.ts";

function at(marked: string): { readonly document: WatDocument; readonly offset: number } {
  const offset = marked.indexOf("|");
  return { document: WatDocument.open(marked.slice(0, offset) + marked.slice(offset + 1), "wat"), offset };
}

test("a selection grows from the word to the instruction, its operands, the function, the module", () => {
  const { document, offset } = at("(module (func (drop (local.get $|x))))");
  expect(selectionSpans(document, offset).map(({ start, end }) => document.text.slice(start, end))).toEqual([
    "$x",
    "local.get $x",
    "(local.get $x)",
    "(drop (local.get $x))",
    "(func (drop (local.get $x)))",
    "(module (func (drop (local.get $x))))",
  ]);
});

test("of 100 000 levels the innermost 1 000 are enough", () => {
  const depth = 100_000;
  const text = `(func ${"(block ".repeat(depth)}nop${")".repeat(depth)})`;
  const spans = selectionSpans(WatDocument.open(text, "wat"), text.indexOf("nop"));
  expect(spans).toHaveLength(1000);
  expect(spans.every((span, level) => level === 0 || (span.start <= spans[level - 1]!.start && span.end >= spans[level - 1]!.end))).toBe(
    true,
  );
});

test("names of one label are linked", () => {
  const { document, offset } = at("(func block $a| i32.const 1 if $b br $a else $b end $b end $a)");
  expect(linkedLabels(document, offset)?.map(({ start, end }) => document.text.slice(start, end))).toEqual(["$a", "$a", "$a"]);
  expect(linkedLabels(document, 2)).toBeUndefined();
});

test("definitions are found by the characters of their names", () => {
  const document = WatDocument.open('(module (func $printLine (export "print")) (func) (global $Pi i32 (i32.const 3)))', "wat");
  expect(namedDefinitions(document, "pi", 10).map(({ name }) => name)).toEqual(["printLine", "print", "Pi"]);
  expect(namedDefinitions(document, "$pl", 10).map(({ name }) => name)).toEqual(["printLine"]);
  expect(namedDefinitions(document, "", 2)).toHaveLength(2);
});
