import { describe, expect, test } from "vitest";
import { TypeTable } from "#core/wasm/validate/type-table.ts";
import type { CompositeType, SubType } from "#core/wasm/validate/type-table.ts";
import { f64, firstDefinedHeap, Heap, i32, i64, refType, typeText } from "#core/wasm/validate/value-type.ts";

const func = (params: readonly number[], results: readonly number[]): CompositeType => ({
  kind: "func",
  params: Int32Array.from(params),
  results: Int32Array.from(results),
});
const struct = (...types: readonly number[]): CompositeType => ({
  kind: "struct",
  fields: types.map((type) => ({ type, mutable: false })),
});
const final = (composite: CompositeType): SubType => ({ composite, isFinal: true, supertypes: [] });
const open = (composite: CompositeType, ...supertypes: readonly number[]): SubType => ({ composite, isFinal: false, supertypes });
const defined = (index: number, nullable = false): number => refType(firstDefinedHeap + index, nullable);

describe("abstract heap types match as in WebAssembly 3.0, 3.3.3", () => {
  /** Each type with all that it is below, itself aside. */
  const above: Readonly<Record<string, readonly string[]>> = {
    any: [],
    eq: ["any"],
    i31: ["eq", "any"],
    struct: ["eq", "any"],
    array: ["eq", "any"],
    none: ["i31", "struct", "array", "eq", "any"],
    func: [],
    nofunc: ["func"],
    extern: [],
    noextern: ["extern"],
    exn: [],
    noexn: ["exn"],
    cont: [],
    nocont: ["cont"],
  };
  const heaps = Heap as Readonly<Record<string, number>>;
  const table = new TypeTable([], []);

  test.each(Object.keys(above))("%s", (name) => {
    const matching = Object.keys(above).filter((other) => table.heapMatches(heaps[name]!, heaps[other]!));
    expect(matching.sort()).toEqual([name, ...above[name]!].sort());
  });

  test("a reference with null does not match one without", () => {
    expect(table.matches(refType(Heap.eq, false), refType(Heap.any, true))).toBe(true);
    expect(table.matches(refType(Heap.eq, true), refType(Heap.any, false))).toBe(false);
    expect(table.matches(refType(Heap.eq, true), i32)).toBe(false);
    expect(table.matches(i32, i64)).toBe(false);
  });
});

describe("defined types", () => {
  test("equal definitions are one type, others are not", () => {
    const table = new TypeTable(
      [[final(func([i32], []))], [final(func([i32], []))], [open(func([i32], []))], [final(func([i64], []))]],
      [],
    );
    expect([0, 1, 2, 3].map((index) => table.identityOf(index))).toEqual([0, 0, 2, 3]);
  });

  test("groups are equal as a whole, and what they refer to inside counts from their start", () => {
    const pair = (start: number): SubType[] => [final(struct(defined(start + 1))), final(struct(defined(start)))];
    const table = new TypeTable([pair(0), pair(2), [final(struct(defined(0)))], [final(struct(defined(4)))]], []);
    expect([0, 1, 2, 3, 4, 5].map((index) => table.identityOf(index))).toEqual([0, 1, 0, 1, 4, 5]);
  });

  test("a type that is only used is the first definition like it, alone and final", () => {
    const table = new TypeTable([[open(func([i32], [f64]))], [final(func([i32], [f64]))]], []);
    expect(table.functionType(Int32Array.of(i32), Int32Array.of(f64))).toBe(1);
    const added = table.functionType(Int32Array.of(f64), Int32Array.of());
    expect(added).toBe(2);
    expect(table.functionType(Int32Array.of(f64), Int32Array.of())).toBe(2);
    expect(table.identityOf(2)).toBeUndefined();
  });

  test("a type is below those that it extends and below the abstract type of its kind", () => {
    const table = new TypeTable(
      [[open(struct(i32))], [open(struct(i32, i64), 0)], [final(struct(i32, i64, f64))], [final(func([], []))]],
      [],
    );
    expect(table.matches(defined(1), defined(0, true))).toBe(true);
    expect(table.matches(defined(0), defined(1))).toBe(false);
    expect(table.matches(defined(2), defined(0))).toBe(false);
    expect(table.matches(defined(1), refType(Heap.struct, false))).toBe(true);
    expect(table.matches(defined(1), refType(Heap.array, true))).toBe(false);
    expect(table.matches(refType(Heap.none, true), defined(1, true))).toBe(true);
    expect(table.matches(refType(Heap.nofunc, false), defined(3))).toBe(true);
    expect(table.matches(refType(Heap.nofunc, false), defined(1))).toBe(false);
    expect(table.topOf(firstDefinedHeap + 3)).toBe(Heap.func);
  });

  test("a long chain of supertypes is walked without recursion, and a ring ends", () => {
    const chain = Array.from({ length: 100_000 }, (_, index): SubType[] => [index === 0 ? open(struct()) : open(struct(), index - 1)]);
    expect(new TypeTable(chain, []).matches(defined(99_999), defined(0))).toBe(true);
    const ring = new TypeTable([[open(struct(), 1), open(struct(i32), 0)]], []);
    expect(ring.matches(defined(0), defined(1))).toBe(false);
  });
});

test.each([
  [i32, "i32"],
  [refType(Heap.func, true), "funcref"],
  [refType(Heap.none, true), "nullref"],
  [refType(Heap.extern, false), "(ref extern)"],
  [defined(3, true), "(ref null $t3)"],
])("%i is written as the text format has it", (type, expected) => {
  expect(typeText(type, (identity) => `$t${identity}`)).toBe(expected);
});
