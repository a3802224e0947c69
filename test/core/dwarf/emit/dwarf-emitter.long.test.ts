import { describe, expect, test } from "vitest";
import type { DataType } from "#core/dwarf/data-type.ts";
import { DebugInfo } from "#core/dwarf/debug-info.ts";
import { DwarfEmitter } from "#core/dwarf/emit/dwarf-emitter.ts";
import type { EmittedFunction, EmittedSection } from "#core/dwarf/emit/description.ts";
import { frameSlot, localPlus, localValue } from "#core/dwarf/emit/location.ts";
import { enclosingBlocks } from "#core/dwarf/functions.ts";
import { rowAt, rowFlag } from "#core/dwarf/line-table.ts";
import { locationAt } from "#core/dwarf/location-lists.ts";
import { dwarfSections } from "#core/dwarf/sections.ts";
import { DataTypes } from "#core/dwarf/types.ts";
import { attribute } from "#core/dwarf/constants.ts";
import { debugInfoOf, dwarfModules, moduleBytes } from "../../../support/debug-modules.ts";
import { comparable, describeDebugInfo, emitDescription } from "../../../support/re-emitted.ts";

const infoOf = (sections: readonly EmittedSection[]): DebugInfo =>
  new DebugInfo(dwarfSections((name) => sections.find((section) => section.name === name)?.contents));

// wasm-opt loses the places of functions.
const modules = dwarfModules().filter(({ name }) => !name.includes("wasmopt"));

describe.each(modules)("what the compiler says of $name", ({ name }) => {
  const described = describeDebugInfo(debugInfoOf(moduleBytes(name)));

  test("is read again as it was written", () => {
    const info = infoOf(emitDescription(described));
    expect(info.notes).toEqual([]);
    expect(comparable(describeDebugInfo(info))).toEqual(comparable(described));
    expect(described.flatMap(({ functions }) => functions).length).toBeGreaterThan(5);
  });
});

const int: DataType = { kind: "base", name: "int", size: 4, encoding: "signed" };
const node: DataType = {
  kind: "struct",
  name: "node",
  size: 12,
  flavour: "struct",
  members: () => [
    { name: "next", type: pointer, offset: 0, inherited: false },
    { name: "flag", type: int, offset: 8, bits: { bitOffset: 3, bitSize: 2 }, inherited: false },
  ],
};
const pointer: DataType = { kind: "pointer", name: "*node", size: 8, flavour: "pointer", target: () => node };
const colour: DataType = {
  kind: "enum",
  name: "colour",
  size: 1,
  signed: true,
  values: [
    { name: "none", value: -1n },
    { name: "red", value: 0n },
  ],
};

const noRows = {
  count: 0,
  addresses: new Uint32Array(0),
  lines: new Uint32Array(0),
  columns: new Uint16Array(0),
  files: new Uint16Array(0),
  flags: new Uint8Array(0),
};
const emptyFunction: EmittedFunction = {
  name: "f",
  external: true,
  declared: undefined,
  range: { low: 16, high: 64 },
  rows: noRows,
  parameters: [],
  variables: [],
  blocks: [],
};
const unit = { name: "main.x", directory: "/src", producer: "a test", language: 0x1d };

function infoWith(func: Partial<EmittedFunction>): DebugInfo {
  const emitter = new DwarfEmitter();
  emitter.addUnit(unit, (written) => written.addFunction({ ...emptyFunction, ...func }));
  return infoOf(emitter.finish());
}

const variable = { name: "v", type: int, declared: undefined, location: localValue(3) };

test("types may refer to themselves, and keep bit-fields and signs of enums", () => {
  const info = infoWith({ result: node, variables: [{ ...variable, type: colour }] });
  const types = new DataTypes();
  const { entry } = info.functionAt(20)!;
  const read = types.ofValue(entry);
  expect(read).toMatchObject({ kind: "struct", name: "struct node", size: 12 });
  if (read?.kind !== "struct") throw new Error("no struct");
  const [next, flag] = read.members();
  expect(next!.type.kind === "pointer" && next!.type.target()).toBe(read);
  expect(flag).toMatchObject({ offset: 8, bits: { bitOffset: 3, bitSize: 2 } });
  expect(types.ofValue(entry.children()[0]!)).toMatchObject({ signed: true, values: [{ value: -1n }, { value: 0n }] });
});

test("a location list says where a value is at each address", () => {
  const frameBase = [
    { low: 16, high: 20, expression: localPlus(1, 8) },
    { low: 20, high: 64, expression: localPlus(1, 200) },
  ];
  const { entry } = infoWith({ frameBase }).functionAt(20)!;
  const at = (address: number) => locationAt(entry, attribute.frameBase, address);
  expect(at(19)).toEqual({ kind: "expression", bytes: localPlus(1, 8) });
  expect(at(20)).toEqual({ kind: "expression", bytes: localPlus(1, 200) });
  expect(at(64)).toEqual({ kind: "not-here" });
});

test("blocks and inlined calls are found by their ranges", () => {
  const inlined = { name: "g", declared: { file: 0, line: 3 }, call: { file: 0, line: 9 } };
  const inner = { ranges: [{ low: 30, high: 32 }], variables: [{ ...variable, location: frameSlot(-16) }], blocks: [], inlined };
  const ranges = [
    { low: 28, high: 36 },
    { low: 40, high: 44 },
  ];
  const { entry } = infoWith({ blocks: [{ ranges, variables: [variable], blocks: [inner] }] }).functionAt(20)!;
  const depth = (address: number) => enclosingBlocks(entry, address).length;
  expect([27, 28, 31, 36, 40, 44].map(depth)).toEqual([1, 2, 3, 1, 2, 1]);
  const call = enclosingBlocks(entry, 31)[2]!;
  expect([call.origin()?.name, call.number(attribute.callLine), call.children()[0]?.name]).toEqual(["g", 9, "v"]);
});

test("blocks may be as deep as the source has them", () => {
  let blocks: EmittedFunction["blocks"] = [];
  for (let depth = 0; depth < 20_000; depth++) blocks = [{ ranges: [{ low: 16, high: 64 }], variables: [], blocks }];
  expect(enclosingBlocks(infoWith({ blocks }).functionAt(20)!.entry, 20)).toHaveLength(20_001);
});

test("rows keep what they are told, however far their lines and addresses are apart", () => {
  const rows = {
    count: 5,
    addresses: Uint32Array.of(16, 17, 17, 40_000, 3_000_000_000),
    lines: Uint32Array.of(7, 4_000_000_000, 0, 12, 11),
    columns: Uint16Array.of(1, 0, 65_535, 2, 2),
    files: Uint16Array.of(0, 1, 0, 0, 2),
    flags: Uint8Array.of(0, rowFlag.statement, rowFlag.statement | rowFlag.prologueEnd, 0, rowFlag.statement),
  };
  const emitter = new DwarfEmitter();
  emitter.addUnit(unit, (written) => {
    expect([written.file("/src/a/b.x"), written.file("/lib/c.x"), written.file("/src/a/b.x")]).toEqual([1, 2, 1]);
    written.addFunction({ ...emptyFunction, range: { low: 16, high: 3_000_000_010 }, rows });
  });
  const info = infoOf(emitter.finish());
  const [program] = info.linePrograms;
  expect(program!.files.map((file) => `${program!.directories[file!.directory]} ${file!.name}`)).toEqual([
    "/src main.x",
    "/src/a b.x",
    "/lib c.x",
  ]);
  const read = info.rowsOf(program!);
  for (const column of ["addresses", "lines", "columns", "files", "flags"] as const) {
    expect([...read[column]].slice(0, 5)).toEqual([...rows[column]]);
  }
  expect(rowAt(read, 3_000_000_009)).toBe(4);
  expect(rowAt(read, 3_000_000_010)).toBeUndefined();
});

test("a zero in a name, which would end it, is replaced", () => {
  expect(infoWith({ name: "a\0b" }).functionAt(20)!.entry.name).toBe("a\u{FFFD}b");
});
