import { describe, expect, test } from "vitest";
import { DebugInfo } from "#core/dwarf/debug-info.ts";
import { Entry } from "#core/dwarf/entries.ts";
import { enclosingBlocks, functionName } from "#core/dwarf/functions.ts";
import { attribute, tag } from "#core/dwarf/constants.ts";
import { locationAt } from "#core/dwarf/location-lists.ts";
import { evaluate } from "#core/dwarf/expression.ts";
import { lostLinesNote } from "#core/dwarf/lost-lines.ts";
import { dwarfSections } from "#core/dwarf/sections.ts";
import { DataTypes } from "#core/dwarf/types.ts";
import { sizeOf, withoutAliases } from "#core/dwarf/data-type.ts";
import { readModule } from "#core/wasm/module.ts";
import { moduleBytes } from "../../support/debug-modules.ts";

type Sections = Map<string, Uint8Array>;

function sectionsOf(name: string): Sections {
  const bytes = moduleBytes(name);
  const { module } = readModule(bytes);
  const named = module.sections.filter((section) => section.customName?.startsWith(".debug"));
  return new Map(named.map((section) => [section.customName!, bytes.slice(section.start, section.end)]));
}

/** Reads all that the adapter could ask for; what it returns is how much there was. */
function readAll(sections: Sections): number {
  const info = new DebugInfo(dwarfSections((name) => sections.get(name)));
  const types = new DataTypes();
  let amount = info.linePrograms.reduce((sum, program) => sum + info.rowsOf(program).count, 0);
  for (const unit of info.units) {
    const tree = info.treeOf(unit);
    amount += tree.count;
    const { lows } = info.functionsOf(unit);
    for (const address of lows.subarray(0, 8)) {
      const fn = info.functionAt(address);
      info.rowAt(address);
      if (fn) enclosingBlocks(fn.entry, address + 10).forEach(functionName);
    }
    for (let index = 0; index < tree.count; index += 31) readEntry(new Entry(info, unit, index), types);
  }
  for (const note of info.notes) expect(note).toMatch(/\.$/);
  return amount;
}

function readEntry(entry: Entry, types: DataTypes): void {
  if (entry.tag === tag.variable || entry.tag === tag.formalParameter) {
    const choice = locationAt(entry, attribute.location, 100);
    if (choice.kind === "expression") {
      evaluate(choice.bytes, {
        unit: entry.unit,
        wasm: () => 1024n,
        frameBase: () => ({ kind: "memory", address: 4096 }),
        memory: () => new Uint8Array(8),
      });
    }
  }
  const type = types.ofValue(entry);
  if (!type) return;
  sizeOf(type);
  const plain = withoutAliases(type);
  if (plain.kind === "struct") plain.members();
  if (plain.kind === "pointer") plain.target();
}

/** A small generator with a seed, so that a failure can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(["c/prog.O0.wasm", "c/prog.O2.wasm", "c/prog.dwarf5.wasm"])("%s", (name) => {
  const whole = sectionsOf(name);

  test("is read whole without a note", () => {
    expect(readAll(whole)).toBeGreaterThan(5_000);
    expect(new DebugInfo(dwarfSections((section) => whole.get(section))).notes).toEqual([]);
  });

  test("cut off anywhere, gives what stands before", () => {
    for (const [section, bytes] of whole) {
      for (let length = 0; length < bytes.length; length += 997) readAll(new Map(whole).set(section, bytes.subarray(0, length)));
    }
  });

  test("without any one section, is read", () => {
    for (const section of whole.keys()) readAll(new Map([...whole].filter(([other]) => other !== section)));
  });

  test("with flipped bytes, is read", () => {
    const next = random(name.length);
    const names = [...whole.keys()];
    for (let round = 0; round < 80; round++) {
      const section = names[Math.floor(next() * names.length)]!;
      const bytes = whole.get(section)!.slice();
      for (let flips = 0; flips < 1 + round / 8; flips++) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
      readAll(new Map(whole).set(section, bytes));
    }
  }, 60_000);
});

test("a cut off .debug_info is told with its section and the remedy", () => {
  const whole = sectionsOf("c/prog.O0.wasm");
  const cut = new Map(whole).set(".debug_info", whole.get(".debug_info")!.subarray(0, 9_000));
  const info = new DebugInfo(dwarfSections((name) => cut.get(name)));
  expect(info.notes).toEqual([".debug_info ends within a unit: the module was cut off; build it again."]);
});

test("a module whose lines wasm-opt lost says which, and what to do", () => {
  const sections = sectionsOf("c/prog.O2.wasmopt.wasm");
  const info = new DebugInfo(dwarfSections((name) => sections.get(name)));
  expect(lostLinesNote(info, (name) => name === "__original_main" || name === "fact")).toMatch(
    /^The lines of .*prog\.c.* are lost: .*wasm-opt.*-g/,
  );
  expect(lostLinesNote(info, () => false)).toBeUndefined();
});

test("a string section that is gone costs names only", () => {
  const whole = sectionsOf("c/prog.O0.wasm");
  const without = new DebugInfo(dwarfSections((name) => (name === ".debug_str" ? undefined : whole.get(name))));
  const rows = without.linePrograms.reduce((sum, program) => sum + without.rowsOf(program).count, 0);
  const info = new DebugInfo(dwarfSections((name) => whole.get(name)));
  expect(rows).toBe(info.linePrograms.reduce((sum, program) => sum + info.rowsOf(program).count, 0));
  expect(without.functionAt(50)?.low).toBe(31);
});
