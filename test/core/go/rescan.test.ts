/** An edit's tokens equal those of a full scan, whatever is edited where. */
import { array, assert, constantFrom, nat, oneof, property, string, tuple } from "fast-check";
import { expect, test } from "vitest";
import { changedRegion } from "#core/go/source/changed-region.ts";
import { rescanTokens } from "#core/go/source/rescan.ts";
import { endOfPlainSignature } from "#core/go/source/lazy-function.ts";
import { TypeParser } from "#core/go/source/type-parser.ts";
import { scanTokens, type Tokens } from "#core/go/source/tokens.ts";

/** What the scanner tells apart, and what makes it look far ahead. */
const word = constantFrom(
  ..."\n|\n\n|\r\n| |\t|;|,|.|..|...|:|:=|=|==|<|<-|<<|<<=|&|&^|&^=|+|++|-|--|*|/|//|// c\n|/*|*/|/* c */|/* c\n */".split("|"),
  ..."//go:wasmexport f\n|//go:wasmexport|x //go:wasmimport a b\n|//go:linkname a b|(|)|[|]|{|}|\"|'|`|\"a\"|'a'|`a\nb`|\\|\\n".split("|"),
  ..."0|0x|0b1|1e|1e+5|1.5|.5|5i|a|if|for|func|return|break|continue|type|var|é|名|𝒳|\ufeff|\u0000".split("|"),
);
const text = array(oneof({ weight: 9, arbitrary: word }, string({ maxLength: 3, unit: "binary" })), { maxLength: 60 }).map((words) =>
  words.join(""),
);
const edits = array(tuple(nat(400), nat(12), text), { minLength: 1, maxLength: 5 });

function plain({ text: source, count, kinds, starts, ends, matches, goComments }: Tokens): unknown {
  const first = <T>(values: Iterable<T>): T[] => [...values].slice(0, count);
  return { source, count, kinds: first(kinds), starts: first(starts), ends: first(ends), matches: first(matches), goComments };
}

test("tokens after random edits", () => {
  assert(
    property(text, edits, (start, all) => {
      let tokens = scanTokens(start);
      for (const [at, length, inserted] of all) {
        const from = Math.min(at, tokens.text.length);
        const after = tokens.text.slice(0, from) + inserted + tokens.text.slice(from + length);
        tokens = rescanTokens(tokens, after);
        expect(plain(tokens)).toEqual(plain(scanTokens(after)));
      }
    }),
    { numRuns: 3000 },
  );
});

test("where a plain signature ends without being read", () => {
  const part = constantFrom(..."( ) [ ] { } , ; . * ... a b func struct map[int] chan <- interface{} /*c*/ \n".split(" "));
  let found = 0;
  assert(
    property(array(part, { maxLength: 12 }), (parts) => {
      const tokens = scanTokens(`(a ${parts.join(" ")}`);
      const end = endOfPlainSignature(tokens, 0);
      if (end === undefined) return;
      found++;
      const parser = new TypeParser(tokens);
      parser.signature();
      expect(parser.at).toBe(end);
    }),
    { numRuns: 20_000 },
  );
  expect(found).toBeGreaterThan(300);
});

test("a changed region is as small as it can be, and between equal parts", () => {
  assert(
    property(text, nat(400), nat(12), text, nat(3), (start, at, length, inserted, copies) => {
      // Beyond the length that is compared at once.
      const before = start + "x".repeat(copies * 400) + start;
      const from = Math.min(at, before.length);
      const after = before.slice(0, from) + inserted + before.slice(from + length);
      const region = changedRegion(before, after);
      expect(before.slice(0, region.start)).toBe(after.slice(0, region.start));
      expect(before.slice(region.endBefore)).toBe(after.slice(region.endAfter));
      const [removed, put] = [before.slice(region.start, region.endBefore), after.slice(region.start, region.endAfter)];
      if (removed !== "" && put !== "") {
        expect(removed.charCodeAt(0)).not.toBe(put.charCodeAt(0));
        expect(removed.charCodeAt(removed.length - 1)).not.toBe(put.charCodeAt(put.length - 1));
      }
    }),
  );
});
