import { describe, expect, test } from "vitest";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import { rowFlag } from "#core/dwarf/line-table.ts";
import { debugInfoOf, dwarfModules, moduleBytes, type ExpectedRow } from "../../support/debug-modules.ts";

/** Rows of the file of that name, as llvm-dwarfdump's were written down. */
function rowsOf(info: DebugInfo, file: string): Record<string, ExpectedRow[]> {
  const found: Record<string, ExpectedRow[]> = {};
  for (const program of info.linePrograms) {
    const numbers = program.files.flatMap((entry, number) => (entry?.name.split("/").at(-1) === file ? [number] : []));
    const rows = info.rowsOf(program);
    for (let row = 0; row < rows.count; row++) {
      const flags = rows.flags[row]!;
      if (!numbers.includes(rows.files[row]!) || flags & rowFlag.endSequence || rows.lines[row] === 0) continue;
      const entry: ExpectedRow = [rows.addresses[row]!, rows.columns[row]!, flags & rowFlag.statement ? "stmt" : "-"];
      if (flags & rowFlag.prologueEnd) entry.push("prologue_end");
      (found[rows.lines[row]!] ??= []).push(entry);
    }
  }
  return found;
}

const byAddress = (lines: Record<string, ExpectedRow[]>): Record<string, ExpectedRow[]> =>
  Object.fromEntries(Object.entries(lines).map(([line, rows]) => [line, rows.toSorted((a, b) => a[0] - b[0])]));

describe.each(dwarfModules())("$name", ({ name, source, expected }) => {
  const info = debugInfoOf(moduleBytes(name));
  const file = source.split("/").at(-1)!;

  test("has the line rows that llvm-dwarfdump prints", () => {
    expect(byAddress(rowsOf(info, file))).toEqual(byAddress(expected.lines));
  });

  test("has the functions that llvm-dwarfdump prints", () => {
    const found = expected.functions.map(({ low }) => {
      const piece = info.functionAt(low);
      return piece && { name: piece.entry.name, low: piece.low, high: piece.high };
    });
    // wasm-opt writes 0 for functions whose place it lost; such functions are nowhere.
    expect(found).toEqual(expected.functions.map(({ name: fn, low, high }) => (high === 0 ? undefined : { name: fn, low, high })));
  });
});

test("the corpus has modules of both versions", () => {
  expect(new Set(dwarfModules().map(({ expected }) => expected.dwarfVersion))).toEqual(new Set([4, 5]));
});
