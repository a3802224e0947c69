import { describe, expect, test } from "vitest";
import { readModule } from "#core/wasm/module.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { AddressSpace } from "../../../debug-adapter/src/symbols/dwarf/addresses.ts";
import { dwarfSymbols } from "../../../debug-adapter/src/symbols/dwarf.ts";
import type { ModuleSymbols, SymbolSource } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { debugInfoOf, dwarfModules, expectation, moduleBytes } from "../../support/debug-modules.ts";
import { dwarfFrame, machineState } from "./dwarf-frames.ts";

const external = async (name: string): Promise<Uint8Array | undefined> =>
  name.endsWith("external.debug.wasm") ? moduleBytes("c/prog.external.debug.wasm") : undefined;

async function load(name: string, readFile = external): Promise<ModuleSymbols> {
  const symbols = await dwarfSymbols({ bytes: moduleBytes(name), name, readFile });
  if (!symbols) throw new Error(`${name} has no DWARF`);
  return symbols;
}

async function sourceOf(symbols: ModuleSymbols, ending: string): Promise<SymbolSource> {
  const found = (await symbols.sources()).filter(({ name }) => name.endsWith(ending));
  expect(found).toHaveLength(1);
  return found[0]!;
}

const usable = dwarfModules().filter(({ expected }) => Object.keys(expected.lines).length > 0);

describe.each(usable)("$name", ({ name, source, markers, expected }) => {
  const file = source.split("/").at(-1)!;

  test("a breakpoint on a marked line is where the line table has that line", async () => {
    const symbols = await load(name);
    const program = await sourceOf(symbols, file);
    for (const line of Object.values(markers)) {
      const rows = expected.lines[line];
      if (!rows) continue;
      const match = await symbols.offsetsOf(program, line);
      expect(match?.line).toBe(line);
      const addresses = rows.map(([address]) => address + expected.codeOffset);
      for (const { start, end } of match!.ranges) {
        // The row at a function's begin stands before its local declarations.
        expect(addresses.some((address) => address === start || (address < start && start - address < 8))).toBe(true);
        expect(end).toBeGreaterThanOrEqual(start);
        expect((await symbols.positionOf(start))?.line).toBe(line);
      }
    }
  });

  test("a function begins behind the prologue that the line table marks", async () => {
    const symbols = await load(name);
    for (const { name: fn, low, high } of expected.functions) {
      const info = await symbols.functionAt(moduleOffset(low + expected.codeOffset));
      expect(info?.name.split("::").at(-1)).toBe(fn);
      expect(info?.range).toEqual({ start: low + expected.codeOffset, end: high + expected.codeOffset });
      const marked = Object.values(expected.lines)
        .flat()
        .sort(([a], [b]) => a - b)
        .find(([address, , , prologue]) => prologue && address >= low && address < high);
      if (marked && marked[0] > low + 3) expect(info?.bodyStart).toBe(marked[0] + expected.codeOffset);
    }
  });

  test("ranges of a step are sorted, apart, and hold the place that the step starts at", async () => {
    const symbols = await load(name);
    const program = await sourceOf(symbols, file);
    for (const line of await symbols.linesWithCode(program, 1, 200)) {
      for (const { start } of (await symbols.offsetsOf(program, line))?.ranges ?? []) {
        for (const inlined of ["skip", "enter", "leave"] as const) {
          const ranges = await symbols.stepRanges(start, inlined);
          expect(ranges.some((range) => range.start <= start && start < range.end)).toBe(true);
          for (const [at, range] of ranges.entries()) expect(range.start).toBeGreaterThan(ranges[at - 1]?.end ?? 0);
        }
      }
    }
  });

  test("lines with code are those of the line table", async () => {
    const symbols = await load(name);
    const lines = Object.keys(expected.lines)
      .map(Number)
      .sort((a, b) => a - b);
    expect(await symbols.linesWithCode(await sourceOf(symbols, file), 1, 10_000)).toEqual(lines);
  });
});

describe("the C program at -O0", async () => {
  const symbols = await load("c/prog.O0.wasm");
  const program = await sourceOf(symbols, "prog.c");
  const { markers } = expectation("c.prog.c");
  const at = async (line: number) => (await symbols.offsetsOf(program, line))!.ranges[0]!.start;

  test("a line without code goes to the next one that has some", async () => {
    expect((await symbols.offsetsOf(program, 41))?.line).toBe(42);
    expect(await symbols.offsetsOf(program, 1000)).toBeUndefined();
  });

  test("a column chooses among the places of a line", async () => {
    // for (int i = 0; i < n; i++): `i = 0` at column 12, `i < n` at 19, `i++` at 27; addresses as llvm-dwarfdump prints them.
    const { codeOffset } = expectation("c.prog.c").modules["prog.O0.wasm"]!;
    const columns = [1, 12, 19, 25, 80];
    const starts = await Promise.all(
      columns.map(async (column) => (await symbols.offsetsOf(program, 39, column))!.ranges[0]!.start - codeOffset),
    );
    expect(starts).toEqual([249, 249, 260, 361, 249]);
  });

  test("a loop's head is entered once", async () => {
    expect((await symbols.offsetsOf(program, 39))?.ranges).toHaveLength(1);
  });

  test("an inlined call is a frame of its own, called from its line", async () => {
    const position = await symbols.positionOf(await at(markers.square!));
    expect(position?.line).toBe(markers.square);
    expect(position?.inlined).toMatchObject([{ functionName: "square", callLine: 88, callColumn: 11 }]);
    expect(position?.inlined[0]?.callSource.name).toBe("prog.c");
  });

  test("a step over a line runs through what was inlined into it, a step into stops there, a step out leaves it", async () => {
    const call = await at(88);
    const inside = await at(markers.square!);
    const holds = async (from: typeof call, inlined: "skip" | "enter" | "leave", place: number) =>
      (await symbols.stepRanges(from, inlined)).some((range) => range.start <= place && place < range.end);
    expect(await holds(call, "skip", inside)).toBe(true);
    expect(await holds(call, "enter", inside)).toBe(false);
    expect(await holds(inside, "leave", inside)).toBe(true);
    expect(await holds(inside, "leave", await at(markers.print!))).toBe(false);
    expect(await holds(inside, "skip", await at(28))).toBe(false);
  });

  test("scopes hold arguments, locals and globals, the innermost first", async () => {
    const scopes = await symbols.scopesAt(dwarfFrame(await at(91), machineState()));
    expect(scopes.map(({ name, variables }) => [name, variables.map((variable) => variable.name)])).toEqual([
      ["Locals", ["s", "r", "u", "fn", "u64", "s8", "uc", "flag", "fl", "grid", "f", "s (line 87)", "q"]],
      ["Arguments", ["argc", "argv"]],
      ["Globals", ["counter", "greeting", "table", "big"]],
    ]);
    expect(scopes.flatMap(({ variables }) => variables.map(({ typeName }) => typeName))).toEqual([
      "int",
      "struct rec",
      "union num",
      "int (*)(int)",
      "uint64_t",
      "int8_t",
      "unsigned char",
      "_Bool",
      "float",
      "int[2][3]",
      "int",
      "int",
      "int",
      "int",
      "char **",
      "int",
      "const char *",
      "int[5]",
      "long long",
    ]);
    expect(new Set(scopes.flatMap(({ variables }) => variables.map(({ language }) => language)))).toEqual(new Set(["c"]));
  });

  test("an inlined frame has its own variables, the frame around it the others", async () => {
    const offset = await at(markers.square!);
    const names = async (depth: number) =>
      (await symbols.scopesAt(dwarfFrame(offset, machineState(), depth)))
        .slice(0, 2)
        .map(({ variables }) => variables.map(({ name }) => name));
    expect(await names(0)).toEqual([["r"], ["v"]]);
    expect((await names(1))[0]).toContain("grid");
    expect((await names(1))[1]).toEqual(["argc", "argv"]);
  });
});

describe("the C program at -O2", async () => {
  const symbols = await load("c/prog.O2.wasm");
  const program = await sourceOf(symbols, "prog.c");

  test("a line of a function that is gone does not move to the next function", async () => {
    // `fact` and `sum` were folded into their results.
    expect(await symbols.offsetsOf(program, 34)).toBeUndefined();
    expect(await symbols.offsetsOf(program, 40)).toBeUndefined();
    expect((await symbols.offsetsOf(program, 64))?.ranges[0]?.start).toBe((await symbols.offsetsOf(program, 65))?.ranges[0]?.start);
  });

  test("what is optimised away says so, what is in the machine has bytes", async () => {
    const offset = (await symbols.offsetsOf(program, 93))!.ranges[0]!.start;
    const [locals] = await symbols.scopesAt(dwarfFrame(offset, machineState()));
    const kinds = Object.fromEntries(
      locals!.variables.map(({ name, value }) => [name, value.kind === "unavailable" ? value.reason : value.kind]),
    );
    expect(kinds).toMatchObject({ r: "memory", fl: "bytes", s: "optimized out", grid: "partly optimized out" });
    const flag = locals!.variables.find(({ name }) => name === "flag")?.value;
    expect(flag?.kind === "bytes" && [...flag.bytes]).toEqual([1]);
  });
});

test("a breakpoint on an arm of Rust's match stops where the names of its pattern are bound", async () => {
  const symbols = await load("rust/mini.debug.wasm.gz");
  const program = await sourceOf(symbols, "mini.rs");
  const { markers } = expectation("rust.mini.rs");
  const names = async (line: number) => {
    const offset = (await symbols.offsetsOf(program, line))!.ranges[0]!.start;
    return (await symbols.scopesAt(dwarfFrame(offset, machineState())))[0]!.variables.map(({ name }) => name);
  };
  expect(await names(markers.circle!)).toEqual(["r"]);
  expect((await names(markers.rect!)).sort()).toEqual(["h", "w"]);
});

test("external debug information is read from the file that the module names", async () => {
  const symbols = await load("c/prog.external.wasm");
  expect(symbols.notes).toEqual([]);
  expect((await symbols.offsetsOf(await sourceOf(symbols, "prog.c"), 93))?.line).toBe(93);
});

test("external debug information that is missing leaves a note with its name", async () => {
  const symbols = await load("c/prog.external.wasm", async () => undefined);
  expect(await symbols.sources()).toEqual([]);
  expect(symbols.notes.join()).toMatch(/external\.debug\.wasm, which was not found: put that file beside the module/);
});

test("split DWARF without its .dwo file still has lines, and says which file is missing", async () => {
  const symbols = await load("c/prog.split5.wasm");
  const program = await sourceOf(symbols, "prog.c");
  const match = await symbols.offsetsOf(program, expectation("c.prog.c").markers["base"]!);
  expect(match?.ranges).toHaveLength(1);
  expect(symbols.notes.join()).toMatch(/\.dwo files that were not found: put split5\.dwo or the \.dwp file beside the module/);
});

test.each([
  ["a .dwp file", "prog.split5.dwp"],
  ["a .dwo file", "split5.dwo"],
])("functions of a unit in %s are those of the module without it", async (_, file) => {
  const symbols = await load("c/prog.split5.wasm", async (name) => (name.endsWith(file) ? moduleBytes(`c/${file}`) : undefined));
  const { functions, codeOffset } = expectation("c.prog.c").modules["prog.O0.wasm"]!;
  expect(symbols.notes).toEqual([]);
  for (const { name, low } of functions) {
    expect((await symbols.functionAt(moduleOffset(low + codeOffset)))?.name).toBe(name);
  }
});

test("a module whose only DWARF is that of its library has no lines of the program", async () => {
  const symbols = await load("c/prog.nodebug.wasm");
  expect((await symbols.sources()).filter(({ name }) => name.endsWith("prog.c"))).toEqual([]);
  expect((await symbols.sources()).length).toBeGreaterThan(10);
});

test.each(["c/prog.stripped.wasm", "as/main.debug.wasm"])("%s has no DWARF", async (name) => {
  expect(await dwarfSymbols({ bytes: moduleBytes(name), name })).toBeUndefined();
});

test.each([new Uint8Array(0), moduleBytes("c/prog.O0.wasm").subarray(0, 200), new TextEncoder().encode("no module")])(
  "bytes that are no whole module have no DWARF",
  async (bytes) => {
    expect(await dwarfSymbols({ bytes, name: "x.wasm" })).toBeUndefined();
  },
);

test("addresses that count from the module's first byte are told from those that count from the code", () => {
  const bytes = moduleBytes("c/prog.O0.wasm");
  const { module } = readModule(bytes);
  const info = debugInfoOf(bytes);
  const fromCode = info.rangeStarts();
  const fromModule = fromCode.map((address) => address + module.codeStart!);
  expect(new AddressSpace(module, info).base).toBe(module.codeStart);
  expect(new AddressSpace(module, { units: [], functionsOf: (unit) => info.functionsOf(unit), rangeStarts: () => fromModule }).base).toBe(
    0,
  );
});
