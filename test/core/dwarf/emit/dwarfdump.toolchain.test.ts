import { expect, test } from "vitest";
import { withCustomSections } from "#core/wasm/custom-sections.ts";
import { readModule } from "#core/wasm/module.ts";
import { debugInfoOf, dwarfModules, moduleBytes } from "../../../support/debug-modules.ts";
import { dwarfdump } from "../../../support/llvm-dwarfdump.ts";
import { describeDebugInfo, emitDescription } from "../../../support/re-emitted.ts";

/** Every function's addresses and the rows of the code, as llvm-dwarfdump prints them. */
function printed(bytes: Uint8Array): { readonly functions: readonly string[]; readonly rows: readonly string[] } {
  const info = dwarfdump(bytes, "--debug-info").output;
  const functions = [...info.matchAll(/DW_TAG_subprogram\n((?:[ ]+DW_AT_.*\n)+)/g)].flatMap(([, attributes]) => {
    const of = (name: string) => new RegExp(`DW_AT_${name}\\s+\\((.*)\\)`).exec(attributes!)?.[1];
    return of("low_pc") === undefined || of("low_pc") === "0x00000000" ? [] : [`${of("low_pc")} ${of("high_pc")}`];
  });
  const rows = [...dwarfdump(bytes, "--debug-line").output.matchAll(/^0x0*([0-9a-f]+) +(\d+) +(\d+) +\d+ +\d+ +\d+ +(.*)$/gm)]
    .filter(([, , , , flags]) => !flags!.includes("end_sequence"))
    .map(([, address, line, column, flags]) => `${address} ${line}:${column} ${flags!.trim()}`);
  return { functions: functions.sort(), rows: [...new Set(rows)].sort() };
}

// What rustc says of ranges of inlined calls is no tree, and LLVM says so of its own modules as well.
test.each(dwarfModules().filter(({ name }) => /^c\/prog\.(O0|O2|dwarf5)\.wasm$/.test(name)))(
  "LLVM verifies and understands $name when its debug information is written anew",
  ({ name }) => {
    const before = moduleBytes(name);
    const sections = emitDescription(describeDebugInfo(debugInfoOf(before)));
    const after = withCustomSections(readModule(before).module, sections, (section) => section.startsWith(".debug_"));
    expect(dwarfdump(after, "--verify")).toMatchObject({ ok: true, output: expect.stringContaining("No errors.") });
    const [ours, theirs] = [printed(after), printed(before)];
    const known = new Set(theirs.functions);
    expect(ours.functions.filter((line) => !known.has(line))).toEqual([]);
    expect(ours.functions.length).toBeGreaterThan(10);
    const rows = new Set(theirs.rows);
    expect(ours.rows.filter((row) => !rows.has(row))).toEqual([]);
    expect(ours.rows.length).toBeGreaterThan(100);
  },
);
