import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";

/** A module with one function of a body, which the encoder does not know how to make. */
function moduleWith(body: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const code = [10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b];
  return Uint8Array.from([...header, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, ...code]);
}

const [block, tryCode, nop, delegate, end, noType] = [0x02, 0x06, 0x01, 0x18, 0x0b, 0x40];

function codes(text: string): string[] {
  return WatDocument.open(text, "wat")
    .problems()
    .map(({ code }) => code);
}

describe("the label of `delegate` is counted from outside of its `try`, as V8 does", () => {
  test.each([0, 1, 2])("%i blocks around", (depth) => {
    for (let label = 0; label <= depth + 2; label++) {
      const around = Array.from({ length: depth }, () => [block, noType]).flat();
      const bytes = moduleWith([...around, tryCode, noType, nop, delegate, label, ...Array.from({ length: depth }, () => end)]);
      for (const inner of [`try nop delegate ${label}`, `(try (do nop) (delegate ${label}))`]) {
        const text = `(module (func ${"block ".repeat(depth)}${inner}${" end".repeat(depth)}))`;
        expect(WatDocument.open(text, "wat").problems().length === 0, text).toBe(WebAssembly.validate(bytes));
      }
    }
  });

  test("nor has it the name of its own", () => {
    for (const inner of ["try $a nop delegate $a", "(try $a (do nop) (delegate $a))"]) {
      expect(codes(`(module (func ${inner}))`)).toEqual(["unknown-label"]);
      expect(codes(`(module (func block $a ${inner} end))`)).toEqual([]);
    }
  });
});
