import { describe, expect, test } from "vitest";
import { dwarfSymbols } from "../../../debug-adapter/src/symbols/dwarf.ts";
import type { Variable } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { formatValue } from "../../../debug-adapter/src/values/format.ts";
import { StopMemory } from "../../../debug-adapter/src/values/memory.ts";
import { elementAt } from "../../../debug-adapter/src/values/navigate.ts";
import type { TypedValue } from "../../../debug-adapter/src/values/parts.ts";
import { childExpression, ValueError, type ValueContext } from "../../../debug-adapter/src/values/value.ts";
import { expectation, moduleBytes } from "../../support/debug-modules.ts";
import { dwarfFrame, machineState, memoryStop } from "../symbols/dwarf-frames.ts";

/** Variables at a marked line, over memory that a test writes by hand: types come from the compiler, the layout from the language's reference. */
async function variablesAt(name: string, file: string, marker: string): Promise<readonly Variable[]> {
  const symbols = await dwarfSymbols({ bytes: moduleBytes(name), name });
  const source = symbols!.sources().find((candidate) => candidate.name.endsWith(file))!;
  const { markers } = expectation(name.startsWith("zig") ? "zig.main.zig" : "rust.mini.rs");
  const offset = symbols!.offsetsOf(source, markers[marker]!)!.ranges[0]!.start;
  return (await symbols!.scopesAt(dwarfFrame(offset, machineState(1024)))).flatMap(({ variables }) => variables);
}

function over(memory: Uint8Array): ValueContext {
  const reader = new StopMemory(memoryStop(memory), {} as ConstructorParameters<typeof StopMemory>[1]);
  return { memory: reader, limits: { maxStringLen: 8, maxArrayValues: 4 } };
}

const address = ({ value }: Variable): number => (value as Extract<TypedValue, { kind: "memory" }>).address;

function memoryWith(...words: [number, number[] | string][]): Uint8Array {
  const memory = new Uint8Array(8192);
  for (const [at, bytes] of words) memory.set(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes, at);
  return memory;
}

const word = (value: number): number[] => [...new Uint8Array(new Int32Array([value]).buffer)];

describe("Rust", async () => {
  const variables = await variablesAt("rust/mini.debug.wasm.gz", "mini.rs", "end");
  const named = (name: string) => variables.find((variable) => variable.name === name)!;
  const shown = async (name: string, ...words: [number, number[] | string][]) =>
    (await formatValue(named(name), over(memoryWith(...words)))).value;

  test("an enum is its variant with the payload", async () => {
    const at = address(named("some"));
    expect(await shown("some", [at, [...word(1), ...word(77)]])).toBe("Some(77)");
    expect(await shown("some", [at, word(0)])).toBe("None");
    expect(await shown("some", [at, word(9)])).toBe("<no variant of Option<u32> has the number 9>");
  });

  test("a variant that is told by a null pointer", async () => {
    const at = address(named("none"));
    expect(await shown("none", [at, word(0)])).toBe("None");
    expect(await shown("none", [at, word(4096)], [4096, [...word(3), ...word(-4)]])).toBe("Some(Point {x: 3, y: -4})");
  });

  test("text, tuples and structs", async () => {
    const at = address(named("name"));
    expect(await shown("name", [at, [...word(4096), ...word(5)]], [4096, "hällo"])).toBe('"häll"');
    expect(await shown("name", [at, [...word(4096), ...word(20)]], [4096, "hello rust"])).toBe('"hello ru"...+12 more');
    expect(await shown("name", [at, [...word(0x7fff_0000), ...word(5)]])).toBe("<cannot read memory at 0x7fff0000>");
    expect(await shown("p", [address(named("p")), [...word(1), ...word(-2)]])).toBe("Point {x: 1, y: -2}");
    expect(await shown("tuple", [address(named("tuple")), [0, 0, 0x60, 0x40, 0xfe, 0xff, 1, 0, 0x63, 0, 0, 0]])).toBe("(1, -2, 3.5, 'c')");
  });

  test("what is in a variant or a struct has an expression", async () => {
    const some = await formatValue(named("some"), over(memoryWith([address(named("some")), word(1)])));
    const [payload] = await some.children!();
    expect(childExpression("some", payload!.access)).toBe("some.__0");
    const point = await formatValue(named("p"), over(memoryWith()));
    expect((await point.children!()).map(({ access }) => childExpression("p", access))).toEqual(["p.x", "p.y"]);
  });

  test("slices have a length, elements, and an end", async () => {
    const [xs] = (await variablesAt("rust/mini.debug.wasm.gz", "mini.rs", "sum")).filter(({ name }) => name === "xs");
    const context = over(memoryWith([address(xs!), [...word(4096), ...word(6)]], [4096, [2, 3, 5, 8, 9, 10].flatMap(word)]));
    expect((await formatValue(xs!, context)).value).toBe("&[i32] len 6 [2, 3, 5, 8, ...+2 more]");
    expect((await formatValue(await elementAt(xs!, 5, context), context)).value).toBe("10");
    await expect(elementAt(xs!, 6, context)).rejects.toThrow(new ValueError("index 6 is out of bounds: xs has 6 elements"));
  });
});

describe("Zig", async () => {
  const variables = await variablesAt("zig/main.debug.wasm", "main.zig", "end");
  const named = (name: string) => variables.find((variable) => variable.name === name)!;
  const shown = async (name: string, ...words: [number, number[] | string][]) =>
    (await formatValue(named(name), over(memoryWith(...words)))).value;

  test("optionals", async () => {
    const at = address(named("opt"));
    expect(await shown("opt", [at, [...word(9), 1]])).toBe("9");
    expect(await shown("opt", [at, [...word(9), 0]])).toBe("null");
  });

  test("a tagged union is the member that its tag names", async () => {
    const at = address(named("v"));
    expect(await shown("v", [at, [0, 0, 0, 0, 0, 0, 4, 0x40, 1]])).toBe("{float: 2.5}");
    expect(await shown("v", [at, [42, 0, 0, 0, 0, 0, 0, 0, 0]])).toBe("{int: 42}");
    expect(await shown("v", [at, [0, 0, 0, 0, 0, 0, 0, 0, 77]])).toBe("<no member has the tag 77>");
  });

  test("text and enums", async () => {
    expect(await shown("name", [address(named("name")), [...word(4096), ...word(3)]], [4096, "zig"])).toBe('"zig"');
    expect(await shown("col", [address(named("col")), [6]])).toBe("blue (6)");
  });
});
