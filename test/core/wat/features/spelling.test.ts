import { expect, test } from "vitest";
import { instructions } from "#core/wasm/instructions.ts";
import { WatDocument } from "#core/wat/document.ts";
import { nearest, spellingFixes } from "#core/wat/features/spelling.ts";

/** The text after the first fix of its first problem; the problem where there is none. */
function fixed(text: string): string {
  const document = WatDocument.open(text, "wat");
  const [problem] = document.problems();
  if (problem === undefined) return "no problem";
  const [fix] = spellingFixes(document, problem);
  return fix === undefined ? problem.code : text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end);
}

test("old spellings become those of today", () => {
  expect(fixed("(func (param i32) get_local 0 drop)")).toBe("(func (param i32) local.get 0 drop)");
  expect(fixed("(memory 1) (func (drop (current_memory)))")).toBe("(memory 1) (func (drop (memory.size)))");
  expect(fixed("(func (param i64) (drop (i32.wrap/i64 (local.get 0))))")).toBe("(func (param i64) (drop (i32.wrap_i64 (local.get 0))))");
  expect(fixed("(table 1 anyfunc)")).toBe("(table 1 funcref)");
});

test("slips", () => {
  expect(fixed("(func (drop (i32.cnst 1)))")).toBe("(func (drop (i32.const 1)))");
  expect(fixed("(func (drop (i32.ocnst 1)))")).toBe("(func (drop (i32.const 1)))");
  expect(fixed("(func (param $value i32) (drop (local.get $valeu)))")).toBe("(func (param $value i32) (drop (local.get $value)))");
  expect(fixed("(func $run) (start $rnu)")).toBe("(func $run) (start $run)");
  expect(fixed("(func block $done br $don end)")).toBe("(func block $done br $done end)");
  expect(fixed("(func (parm i32))")).toBe("(func (param i32))");
  expect(fixed("(func (param i23))")).toBe("(func (param i32))");
  expect(fixed("(func (drop (completely.different)))")).toBe("unknown-instruction");
});

test("each instruction is found again after one slip, as far as no other is as near", () => {
  const names = Array.from(new Set(instructions.map(({ name }) => name)));
  const lost = names.filter((name) => {
    const found = nearest(`${name.slice(0, 4)}x${name.slice(4)}`, names);
    return !found.includes(name) && found.length > 0;
  });
  expect(lost).toEqual([]);
});

/** All words one slip away from a word. */
function* slips(word: string, letters: readonly string[]): Iterable<string> {
  for (let at = 0; at <= word.length; at++) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    for (const letter of letters) yield `${before}${letter}${after}`;
    if (after === "") continue;
    yield `${before}${after.slice(1)}`;
    for (const letter of letters) yield `${before}${letter}${after.slice(1)}`;
    if (after.length > 1) yield `${before}${after[1]!}${after[0]!}${after.slice(2)}`;
  }
}

test("words are near that one or two slips make of each other, and no others", () => {
  const letters = ["a", "b", "c"];
  const words = letters.flatMap((a) => letters.flatMap((b) => letters.flatMap((c) => letters.map((d) => `${a}${b}${c}${d}`))));
  for (const word of words) {
    const one = new Set(slips(word, letters));
    for (const other of words)
      if (other !== word) expect(nearest(word, [other]), `${word} ${other}`).toEqual(one.has(other) ? [other] : []);
  }
  // Two slips are allowed in words of eight letters.
  for (const start of slips("aabb", letters))
    for (const end of slips("ccab", letters)) {
      const other = `${start}${end}`;
      if (other !== "aabbccab") expect(nearest("aabbccab", [other]), other).toEqual([other]);
    }
});
