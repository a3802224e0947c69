/** Damaged modules and listings: no exception, no hang, and nothing is said that cannot be known. */
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readFunctionTable } from "#core/go/binary/function-table.ts";
import { isGoModule } from "#core/go/binary/go-module.ts";
import { readInitialMemory } from "#core/go/binary/initial-memory.ts";
import { readPcValues, valueAt } from "#core/go/binary/pc-values.ts";
import { definedIndex } from "#core/go/binary/program-counter.ts";
import { align } from "#core/go/listing/align.ts";
import { ListingIndexer } from "#core/go/listing/listing-index.ts";
import { readListedFunction } from "#core/go/listing/listed-function.ts";
import { runOn } from "#core/go/runtime/memory-task.ts";
import { savedFrame, unwind } from "#core/go/runtime/unwind.ts";
import { readModule } from "#core/wasm/module.ts";
import { buildSample } from "../../../support/go-toolchain.ts";

const program = buildSample({ os: "wasip1" });
const { module, memory, table, listing, index, code } = program;
const functionCount = module.functions.length - module.importedFunctionCount;
afterAll(() => program.remove());

describe("the function table", () => {
  test("is not found in other data, nor where it belongs to another program", () => {
    expect(readFunctionTable(new Uint8Array(), 3)).toEqual({
      table: undefined,
      problems: [expect.stringContaining("there is no function table")],
    });
    expect(readFunctionTable(memory, functionCount + 1).problems).toEqual([
      `the function table knows ${functionCount} functions but the module has ${functionCount + 1}; was it changed after Go had linked it?`,
    ]);
    expect(readFunctionTable(memory.subarray(0, table.address + 40), functionCount).problems).toEqual([
      "the function table of the module is damaged; build the module again",
    ]);
  });

  test("of damaged memory answers every question, and soon", () => {
    const place = fc.tuple(fc.integer({ min: table.address, max: memory.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 2000 }), fc.integer({ min: 0, max: 0xffff }), (damage, block) => {
        const damaged = memory.slice();
        // Everything but the header, which is looked at above.
        for (const [at, byte] of damage) if (at > table.address + 72) damaged[at] = byte;
        const read = readFunctionTable(damaged, functionCount);
        if (!read.table) return;
        for (let at = 0; at < functionCount; at += 97) {
          const index = definedIndex(at);
          read.table.entry(index);
          read.table.file(index, block);
          read.table.line(index, block);
          expect(read.table.stackDelta(index, block) ?? 0).toBeGreaterThanOrEqual(0);
        }
        read.table.files();
        read.table.find("main.main");
      }),
      { numRuns: 20 },
    );
  });

  test("values by program counter end where they are damaged", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 0xffff }), (bytes, block) => {
        const values = readPcValues(bytes, 0);
        expect(values.limits.every((limit, at) => limit >= (values.limits[at - 1] ?? 0))).toBe(true);
        const value = valueAt(values, block);
        expect(value === undefined || values.values.includes(value)).toBe(true);
      }),
    );
  });
});

test("a segment far beyond what is sensible takes no memory", () => {
  // A memory, and `i32.const 0x7fffffff` as the address of one byte.
  const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 0, 1, 11, 11, 1, 0, 0x41, 0xff, 0xff, 0xff, 0xff, 0x07, 0x0b, 1, 0];
  const { module } = readModule(Uint8Array.from(bytes));
  const read = readInitialMemory(module);
  expect([read.memory.length, isGoModule(module)]).toEqual([0, false]);
  expect(read.problems).toEqual([expect.stringContaining("ends at address 2147483648")]);
});

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a listing", () => {
  test("in any chunks has the same index", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 50 }), (sizes) => {
        const indexer = new ListingIndexer();
        for (let at = 0, turn = 0; at < listing.length; turn++) {
          const size = sizes[turn % sizes.length]!;
          indexer.push(listing.subarray(at, at + size));
          at += size;
        }
        const other = indexer.finish();
        expect(other.names).toEqual(index.names);
        for (const name of index.names) expect(other.find("function", name)).toEqual(index.find("function", name));
      }),
      { numRuns: 20 },
    );
  });

  test("that differs from the module by a byte is no listing of it", () => {
    const main = table.find("main.main")[0]!;
    const func = module.functions[module.importedFunctionCount + main]!;
    const [range] = index.find("function", "main.main");
    const listed = readListedFunction(listing.subarray(range!.start, range!.end))!;
    expect(align(listed, module, func)).toHaveProperty("aligned");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: listed.code.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = listed.code.slice();
        other[at]! ^= change;
        expect(align({ ...listed, code: other }, module, func)).toHaveProperty("mismatch");
      }),
    );
    const missing = { ...listed, rows: listed.rows.filter((_, at) => at !== 40) };
    expect(align(missing, module, func)).toHaveProperty("mismatch");
    const other = module.functions[module.importedFunctionCount + table.find("main.deep")[0]!]!;
    expect(align(listed, module, other)).toHaveProperty("mismatch");
  });

  test("with other lines in it has no such function", () => {
    const [range] = index.find("function", "main.mark");
    const text = new TextDecoder().decode(listing.subarray(range!.start, range!.end));
    expect(readListedFunction(encode(text))).toBeDefined();
    expect(readListedFunction(encode(text.replace("\tGet\t", "\tGet\t\t\t")))).toBeDefined();
    expect(readListedFunction(encode(text.replace("\t0x0001", "\tsomething new 0x0001")))).toBeUndefined();
    expect(readListedFunction(encode("no head"))).toBeUndefined();
    expect(readListedFunction(encode(text.slice(0, text.indexOf("\n"))))).toBeUndefined();
  });
});

test("unwinding a damaged stack ends", () => {
  const main = table.find("main.main")[0]!;
  const first = savedFrame(code, { counter: (main + 0x1000) * 0x10000 + 3, stackPointer: 64 })!;
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 4000 }), (stack) => {
      const { frames, end } = runOn(stack, unwind(code, first, 100));
      expect(frames.length).toBeLessThanOrEqual(100);
      expect(end).not.toBe("limit");
    }),
  );
  // A stack of nothing but return addresses into main.main.
  const returns = new BigUint64Array(10_000).fill(BigInt(main + 0x1000) * 0x10000n + 3n);
  expect(runOn(new Uint8Array(returns.buffer), unwind(code, first, 50)).end).toBe("limit");
  expect(runOn(new Uint8Array(returns.buffer), unwind(code, first, Infinity)).end).toBe("lost");
});
