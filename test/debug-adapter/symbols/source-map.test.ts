import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { SourceMapGenerator } from "source-map";
import { describe, expect, test } from "vitest";
import { ByteWriter } from "#core/bytes/writer.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { sourceName } from "../../../debug-adapter/src/symbols/source-map/names.ts";
import { sourceMapSymbols } from "../../../debug-adapter/src/symbols/source-map.ts";
import type { ModuleSymbols, SymbolSource } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { expectation, moduleBytes, modulesFolder } from "../../support/debug-modules.ts";
import { dwarfFrame, machineState } from "./dwarf-frames.ts";
import { plain } from "./frames.ts";

const path = `${modulesFolder}as/main.debug.wasm`;
const beside = (name: string): Promise<Uint8Array | undefined> => readFile(resolve(dirname(path), name)).catch(() => undefined);
const { markers, modules } = expectation("as.main.ts");
const expected = modules["main.debug.wasm"]!;
const mapText = readFileSync(`${path}.map`, "utf8");

/** A module of nothing but a function and the address of a source map; its instructions are at 29, 30 and 31. */
function moduleWithMap(url: string): Uint8Array {
  const writer = new ByteWriter();
  writer.bytes(
    Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 4, 1, 0, 0, 0, 10, 6, 1, 4, 0, 1, 1, 11]),
  );
  const contents = new ByteWriter();
  contents.name("sourceMappingURL");
  contents.name(url);
  writer.u8(0);
  writer.uleb(contents.length);
  writer.bytes(contents.finish());
  return writer.finish();
}

const load = async (bytes: Uint8Array, read = beside): Promise<ModuleSymbols> => {
  const symbols = await sourceMapSymbols({ bytes, path, name: "main.wasm", readFile: read });
  if (!symbols) throw new Error("the module names no source map");
  return symbols;
};

describe("AssemblyScript", async () => {
  const symbols = await load(moduleBytes("as/main.debug.wasm"));
  const sources = await symbols.sources();
  const program = sources.find(({ name }) => name === "main.ts")!;

  const nameAt = async (marker: string) => {
    const match = await symbols.offsetsOf(program, markers[marker]!);
    return (await symbols.functionAt(match!.ranges[0]!.start))?.name;
  };

  test("has the sources of the map, under their names and with sourceRoot", () => {
    expect(symbols.notes).toEqual([]);
    expect(sources.map(({ name }) => name)).toEqual(expected.sourceMapSources);
    expect(program.candidates).toContain("./main.debug/main.ts");
  });

  test("every row of the map is where its offset is", async () => {
    for (const [line, rows] of Object.entries(expected.sourceMapLines!)) {
      for (const [offset] of rows) {
        const position = await symbols.positionOf(moduleOffset(offset));
        expect([position?.source.name, String(position?.line)]).toEqual(["main.ts", line]);
      }
    }
  });

  test("lines with code are those of the map", async () => {
    const lines = Object.keys(expected.sourceMapLines!)
      .map(Number)
      .sort((a, b) => a - b);
    expect(await symbols.linesWithCode(program, 1, 1_000)).toEqual(lines);
  });

  test("a breakpoint on a marked line is at the first row of the line", async () => {
    for (const line of Object.values(markers)) {
      const match = await symbols.offsetsOf(program, line);
      const [[offset, column]] = expected.sourceMapLines![line]! as [[number, number]];
      expect(match).toMatchObject({ line, column, ranges: [{ start: offset }] });
    }
  });

  test("a line without code goes to the next one that has some", async () => {
    expect((await symbols.offsetsOf(program, 22))?.line).toBe(23);
    expect(await symbols.offsetsOf(program, 500)).toBeUndefined();
  });

  test("a column chooses among the places of a line", async () => {
    const matches = await Promise.all([1, 4, 15, 99].map(async (column) => symbols.offsetsOf(program, 23, column)));
    expect(matches.map((match) => match?.ranges[0]?.start)).toEqual([4416, 4416, 4418, 4416]);
  });

  test("functions have the names of the source", async () => {
    expect(await Promise.all(["base", "sum", "len2", "index", "trap"].map(nameAt))).toEqual(["fact", "sum", "Point.len2", "crash", "trap"]);
  });

  test("ranges of a step hold the line's rows and nothing of other lines", async () => {
    for (const line of Object.values(markers)) {
      const start = (await symbols.offsetsOf(program, line))!.ranges[0]!.start;
      const ranges = await symbols.stepRanges(start);
      const holds = (offset: number) => ranges.some((range) => range.start <= offset && offset < range.end);
      const fn = (await symbols.functionAt(start))!.range;
      for (const [other, rows] of Object.entries(expected.sourceMapLines!)) {
        for (const [offset] of rows) {
          if (offset >= fn.start && offset < fn.end)
            expect([other, offset, holds(offset)]).toEqual([other, offset, Number(other) === line]);
        }
      }
      for (const [at, range] of ranges.entries()) expect(range.start).toBeGreaterThan(ranges[at - 1]?.end ?? 0);
    }
  });

  test("scopes hold what the name section names, with the types that the source declares", async () => {
    const offset = (await symbols.offsetsOf(program, markers.end!))!.ranges[0]!.start;
    const scopes = await symbols.scopesAt(dwarfFrame(offset, machineState(7)));
    expect(plain(scopes)).toEqual({
      Locals: {
        ...Object.fromEntries(["f", "s", "l"].map((name) => [name, "i32 7"])),
        p: "Point3 bytes",
        xs: "i32[] bytes",
        name: "string bytes",
        typed: "Uint8Array bytes",
        m: "Map<string,i32> bytes",
      },
      Arguments: { n: "i32 7" },
      Globals: { counter: "i32 7", greeting: "string bytes" },
    });
    expect(scopes[0]?.variables[0]?.language).toBe("assemblyscript");
  });
});

describe("where the map is", () => {
  const small = { version: 3, sources: ["a b.ts"], sourcesContent: ["let x"], names: [], mappings: "6BAAA,CAEE" };

  test("inside of the module, as base64 or as escaped text", async () => {
    const json = JSON.stringify(small);
    for (const url of [
      `data:application/json;base64,${Buffer.from(json).toString("base64")}`,
      `data:application/json,${encodeURIComponent(json)}`,
    ]) {
      const symbols = await load(moduleWithMap(url));
      expect(symbols.notes).toEqual([]);
      const [source] = (await symbols.sources()) as [SymbolSource];
      expect(source.name).toBe("a b.ts");
      expect(await source.content?.()).toBe("let x");
      expect(await symbols.positionOf(moduleOffset(30))).toMatchObject({ line: 3, column: 3 });
    }
  });

  test("in a file, with escapes in its name and a guard before its JSON", async () => {
    const asked: string[] = [];
    const symbols = await load(moduleWithMap("maps/a%20b.map"), async (name) => {
      asked.push(name);
      return new TextEncoder().encode(`)]}'\n${JSON.stringify(small)}`);
    });
    expect(asked).toEqual(["maps/a b.map"]);
    expect((await symbols.sources())[0]?.candidates).toEqual(["maps/a b.ts"]);
  });

  test("in sections", async () => {
    const index = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: small }] };
    const symbols = await load(moduleWithMap("x.map"), async () => new TextEncoder().encode(JSON.stringify(index)));
    expect(symbols.notes).toEqual([]);
    expect(await symbols.positionOf(moduleOffset(29))).toMatchObject({ line: 1 });
  });

  test("with names in its mappings, as newer compilers write them", async () => {
    const generator = new SourceMapGenerator();
    const add = (column: number, line: number, name?: string): void =>
      generator.addMapping({
        generated: { line: 1, column },
        original: { line, column: 2 },
        source: "a.ts",
        ...(name === undefined ? {} : { name }),
      });
    add(29, 1, "first");
    add(30, 7);
    add(31, 9, "second");
    const symbols = await load(moduleWithMap("x.map"), async () => new TextEncoder().encode(generator.toString()));
    expect(symbols.notes).toEqual([]);
    for (const [offset, line] of [
      [29, 1],
      [30, 7],
      [31, 9],
    ] as const)
      expect(await symbols.positionOf(moduleOffset(offset))).toMatchObject({ line, column: 3 });
  });

  test.each([
    ["https://example.com/x.map", undefined, /is at a URL .*not fetched/],
    ["x.map", undefined, /source map x\.map of main\.wasm was not found/],
    ["x.map", "{", /cannot be read/],
    ["x.map", "[]", /cannot be read \(it is not of version 3\)/],
    ["x.map", '{"version":3}', /cannot be read \(it has no mappings\)/],
    ["x.map", '{"version":3,"sources":["a"],"names":[],"mappings":"!!!"}', /cannot be read/],
    ["x.map", '{"version":3,"mappings":"AAAA"}', /cannot be read \(its sources are no list\)/],
    ["x.map", '{"version":3,"sources":["a"],"names":7,"mappings":"AAAA"}', /cannot be read \(its names are no list\)/],
    ["x.map", '{"version":3,"sections":7}', /cannot be read \(its sections are no list\)/],
    ["x.map", '{"version":3,"sections":[{"offset":{"line":0,"column":0}}]}', /cannot be read \(the map of a section is missing\)/],
    ["data:application/json", undefined, /is damaged/],
  ])("%s holding %s leaves a note and no lines", async (url, text, note) => {
    const symbols = await load(moduleWithMap(url), async () => (text === undefined ? undefined : new TextEncoder().encode(text)));
    expect(symbols.notes.join()).toMatch(note);
    expect(await symbols.sources()).toEqual([]);
    expect(await symbols.positionOf(moduleOffset(29))).toBeUndefined();
  });

  test("nowhere", async () => {
    expect(await sourceMapSymbols({ bytes: moduleBytes("c/prog.stripped.wasm"), path, name: "x", readFile: beside })).toBeUndefined();
  });
});

test("a map that is cut off or changed never throws", async () => {
  for (let length = 0; length < mapText.length; length += 997) {
    const symbols = await load(moduleBytes("as/main.debug.wasm"), async () => new TextEncoder().encode(mapText.slice(0, length)));
    expect(symbols.notes).toHaveLength(1);
  }
  for (let at = mapText.indexOf('"mappings"') + 14; at < mapText.length; at += 397) {
    await load(moduleBytes("as/main.debug.wasm"), async () =>
      new TextEncoder().encode(`${mapText.slice(0, at)}~~${mapText.slice(at + 2)}`),
    );
  }
});

test("a map whose fields are of other types than they should be is read as far as it goes", async () => {
  const odd = { version: 3, sources: [5, null, "a.ts"], sourceRoot: 7, sourcesContent: [7, null, "text"], mappings: "6BEAA" };
  const symbols = await load(moduleWithMap("x.map"), async () => new TextEncoder().encode(JSON.stringify(odd)));
  expect(symbols.notes).toEqual([]);
  expect((await symbols.sources()).map(({ name }) => name)).toEqual(["", "", "a.ts"]);
  expect(await symbols.positionOf(moduleOffset(29))).toMatchObject({ line: 1 });
});

test("names of AssemblyScript are written as its sources do", () => {
  expect(sourceName("main/Point#len2")).toBe("Point.len2");
  expect(sourceName("~lib/array/Array<~lib/string/String>#push")).toBe("Array<String>.push");
  expect(sourceName("export:assembly/index/run")).toBe("run");
  expect(sourceName("~lib/map/Map<~lib/string/String,i32>#set")).toBe("Map<String,i32>.set");
});
