import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { UnitTree } from "#core/dwarf/entries.ts";
import { DebugInfo } from "#core/dwarf/debug-info.ts";
import type { LineRows } from "#core/dwarf/line-table.ts";
import { SavedIndexes } from "#core/dwarf/saved-indexes.ts";
import { debugInfoOf, dwarfModules, moduleBytes } from "../../support/debug-modules.ts";

const plenty = 2 ** 30;

/** Everything that is read of a file, and how much of it was read anew. */
function readAll(plain: DebugInfo, bytes: Uint8Array | undefined, mostBytes = plenty) {
  let added = 0;
  const saved = new SavedIndexes(plain.sections, bytes, mostBytes, () => added++);
  const info = new DebugInfo(plain.sections, [], saved);
  const trees = info.units.map((unit) => info.treeOf(unit));
  const rows = info.linePrograms.map((program) => info.rowsOf(program));
  return { digest: digestOf(trees, rows), added, notes: info.notes, bytes: saved.encode() };
}

function plainly(info: DebugInfo): string {
  return digestOf(
    info.units.map((unit) => info.treeOf(unit)),
    info.linePrograms.map((program) => info.rowsOf(program)),
  );
}

/** Of all columns with their types and lengths: comparing them one by one takes very long. */
function digestOf(trees: readonly UnitTree[], rows: readonly LineRows[]): string {
  const hash = createHash("sha1");
  for (const table of [...trees, ...rows]) {
    for (const [name, column] of Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)) as [string, number | Uint8Array][]) {
      if (typeof column === "number") hash.update(`${name} ${column};`);
      else hash.update(`${name} ${column.constructor.name} ${column.length};`).update(column);
    }
  }
  return hash.digest("hex");
}

describe.each(dwarfModules().filter(({ name }) => name.startsWith("c/") || name.startsWith("rust/")))("$name", ({ name }) => {
  const info = debugInfoOf(moduleBytes(name));

  test("what was saved is what is read without", () => {
    const expected = plainly(info);
    const first = readAll(info, undefined);
    expect(first.added).toBe(info.units.length + info.linePrograms.length);
    expect(first.digest).toBe(expected);
    const again = readAll(info, first.bytes);
    expect(again.added).toBe(0);
    expect(again.digest).toBe(expected);
    expect(Buffer.compare(again.bytes, first.bytes)).toBe(0);
  });
});

const info = debugInfoOf(moduleBytes("c/prog.O0.wasm"));
const expected = plainly(info);
const { bytes } = readAll(info, undefined);

test("where its bytes begin in their buffer does not matter", () => {
  const shifted = new Uint8Array(bytes.length + 1).subarray(1);
  shifted.set(bytes);
  expect(readAll(info, shifted)).toMatchObject({ added: 0, digest: expected });
});

test("damaged bytes are as good as none", () => {
  for (let at = 0; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 100))) {
    const damaged = Uint8Array.from(bytes);
    damaged[at]! ^= 0x41;
    const { digest, added } = readAll(info, damaged);
    expect(digest).toBe(expected);
    expect(added).toBeGreaterThan(0);
  }
  for (const length of [0, 3, 4, 12, 16, bytes.length - 4, bytes.length - 1]) {
    expect(readAll(info, bytes.subarray(0, length)).digest).toBe(expected);
  }
});

test("units and line programs that were changed are read again", () => {
  const changed = moduleBytes("c/prog.O0.wasm");
  const unit = info.units[0]!;
  const start = unit.section.byteOffset + unit.end - 1;
  // The last byte of the unit's entries is a zero that ends the children of the first.
  changed[start] = 1;
  const other = debugInfoOf(changed);
  const { digest, added } = readAll(other, bytes);
  expect(digest).toBe(plainly(other));
  expect(added).toBeLessThan(info.units.length + info.linePrograms.length);
});

test("what is damaged is not saved, so that its note comes again", () => {
  const cut = moduleBytes("c/prog.O0.wasm");
  const program = info.linePrograms[0]!;
  cut.fill(0xff, info.sections.line.byteOffset + program.end - 20, info.sections.line.byteOffset + program.end);
  const damaged = debugInfoOf(cut);
  const first = readAll(damaged, undefined);
  expect(first.notes.join()).toContain("breaks off");
  expect(readAll(damaged, first.bytes).notes).toEqual(first.notes);
});

test("no more is taken in than allowed", () => {
  const limited = readAll(info, undefined, 20_000);
  expect(limited.bytes.length).toBeLessThan(25_000);
  expect(limited.digest).toBe(expected);
});
