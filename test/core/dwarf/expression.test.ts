import { describe, expect, test } from "vitest";
import { evaluate, type ExpressionContext, type Place } from "#core/dwarf/expression.ts";
import type { UnitEncoding } from "#core/dwarf/forms.ts";
import { dwarfSections } from "#core/dwarf/sections.ts";

const addresses = Uint8Array.from([8, 0, 0, 0, 5, 0, 4, 0, 0x00, 0x10, 0, 0, 0x34, 0x12, 0, 0]);
const unit: UnitEncoding = {
  sections: dwarfSections((name) => (name === ".debug_addr" ? addresses : undefined)),
  version: 5,
  addressSize: 4,
  offsetSize: 4,
  offset: 0,
  stringOffsetsBase: undefined,
  addressBase: 8,
};

const memory = new Map([[0x2000, 0x1234_5678]]);
const context: ExpressionContext = {
  unit,
  wasm: (kind, index) => ({ local: [0x1000n, 0xffff_fffbn, 0x3fc0_0000n], global: [0x8000n], stack: [7n] })[kind][index],
  frameBase: () => ({ kind: "value", bits: 0x1000n }),
  memory: (address, length) => {
    const word = memory.get(address);
    return word === undefined ? undefined : new Uint8Array(new Uint32Array([word]).buffer).subarray(0, length);
  },
};

const run = (...bytes: number[]): Place => evaluate(Uint8Array.from(bytes), context);
/** The number that the operations leave, through DW_OP_stack_value. */
const number = (...bytes: number[]): bigint | Place => {
  const place = run(...bytes, 0x9f);
  return place.kind === "value" ? place.bits : place;
};

describe("places (DWARF 5, section 2.6; opcodes of table 7.9)", () => {
  test("addresses, direct and by index", () => {
    expect(run(0x03, 0xe8, 3, 0, 0)).toEqual({ kind: "memory", address: 1000 });
    expect(run(0xa1, 1)).toEqual({ kind: "memory", address: 0x1234 });
  });

  test("offsets from the frame base", () => {
    expect(run(0x91, 12)).toEqual({ kind: "memory", address: 0x100c });
    expect(run(0x91, 0x78)).toEqual({ kind: "memory", address: 0xff8 });
  });

  test("locals, globals, and the operand stack of the WebAssembly machine", () => {
    expect(run(0xed, 0, 1, 0x9f)).toEqual({ kind: "value", bits: 0xffff_fffbn });
    expect(run(0xed, 1, 0)).toEqual({ kind: "memory", address: 0x8000 });
    expect(run(0xed, 3, 0, 0, 0, 0, 0x23, 4)).toEqual({ kind: "memory", address: 0x8004 });
    expect(number(0xed, 2, 0)).toBe(7n);
    expect(run(0xed, 0, 9)).toMatchObject({ kind: "unavailable" });
    expect(run(0xed, 7, 0)).toMatchObject({ kind: "unavailable" });
    expect(run(0xed, 3, 0xff, 0xff, 0xff, 0xff, 0x03, 4, 0, 0, 0, 0x22)).toEqual({
      kind: "unavailable",
      reason: "it counts from a global of WebAssembly that the linker dropped",
    });
  });

  test("a value that the compiler wrote down", () => {
    expect(run(0x9e, 3, 1, 2, 3)).toEqual({ kind: "bytes", bytes: Uint8Array.from([1, 2, 3]) });
  });

  test("pieces, one of them gone", () => {
    expect(run(0x03, 0, 1, 0, 0, 0x93, 4, 0x93, 2, 0x35, 0x9f, 0x93, 1)).toEqual({
      kind: "pieces",
      pieces: [
        { place: { kind: "memory", address: 256 }, size: 32, offset: 0 },
        { place: undefined, size: 16, offset: 0 },
        { place: { kind: "value", bits: 5n }, size: 8, offset: 0 },
      ],
    });
  });

  test("nothing at all is optimised away, as is a value that only the entry had", () => {
    expect(run()).toEqual({ kind: "unavailable", reason: "optimized out" });
    expect(run(0xa3, 2, 0xed, 0)).toMatchObject({ kind: "unavailable", reason: expect.stringMatching(/^optimized out/) });
  });

  test("memory that is needed is asked for, and used once it is there", () => {
    expect(run(0x0a, 0, 0x30, 0x06)).toEqual({ kind: "needs-memory", address: 0x3000, length: 4 });
    expect(run(0x0a, 0, 0x20, 0x06)).toEqual({ kind: "memory", address: 0x1234_5678 });
    expect(run(0x0a, 0, 0x20, 0x94, 2)).toEqual({ kind: "memory", address: 0x5678 });
  });
});

test.each<[string, number[], bigint]>([
  ["lit31", [0x4f], 31n],
  ["const1s", [0x09, 0xff, 0x20], 0n],
  ["constu", [0x10, 0x80, 1], 128n],
  ["consts", [0x11, 0x7f, 0x19], 1n],
  ["dup plus", [0x35, 0x12, 0x22], 10n],
  ["over minus", [0x39, 0x32, 0x14, 0x1c, 0x1f], 7n],
  ["swap minus", [0x32, 0x39, 0x16, 0x1c], 7n],
  ["rot brings the second to the top, and the third behind it", [0x31, 0x32, 0x33, 0x17, 0x13], 1n],
  ["pick", [0x31, 0x32, 0x33, 0x15, 2], 1n],
  ["div is signed", [0x09, 0xf8, 0x32, 0x1b], 0xffff_fffcn],
  ["mod is unsigned", [0x37, 0x35, 0x1d], 2n],
  ["mul", [0x37, 0x35, 0x1e], 35n],
  ["and or xor", [0x3c, 0x3a, 0x1a, 0x31, 0x21, 0x3f, 0x27], 6n],
  ["shl shr", [0x31, 0x34, 0x24, 0x32, 0x25], 4n],
  ["shra keeps the sign", [0x09, 0xf8, 0x31, 0x26], 0xffff_fffcn],
  ["comparisons are signed", [0x09, 0xff, 0x31, 0x2d], 1n],
  ["not", [0x30, 0x20], 0xffff_ffffn],
  ["bra goes", [0x35, 0x31, 0x28, 1, 0, 0x36], 5n],
  ["skip goes", [0x35, 0x2f, 1, 0, 0x36], 5n],
  ["const8u keeps 64 bits", [0x0e, 1, 2, 3, 4, 5, 6, 7, 8], 0x0807060504030201n],
])("%s", (_, bytes, expected) => {
  expect(number(...bytes)).toBe(expected);
});

test.each<[string, number[]]>([
  ["a loop without an end", [0x2f, 0xfd, 0xff]],
  ["a jump out of the expression", [0x2f, 0x50, 0]],
  ["an empty stack", [0x22]],
  ["a cut off operand", [0x03, 1]],
  ["a division by zero", [0x31, 0x30, 0x1b]],
  ["an operation that no version has", [0x01]],
  ["a push without an end", [0x31, 0x12, 0x2f, 0xfc, 0xff]],
])("%s gives a reason, not a value", (_, bytes) => {
  expect(run(...bytes)).toMatchObject({ kind: "unavailable", reason: expect.stringMatching(/\w/) });
});
