// What the adapter finds out of the DWARF that `go-wasm dwarf` writes, against the listing that it was written from.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { splitProgramCounter, type DefinedIndex } from "#core/go/binary/program-counter.ts";
import type { AlignedFunction } from "#core/go/listing/align.ts";
import { callRowBefore, resumeRow } from "#core/go/listing/breakpoint-rows.ts";
import { entryOffset, prologueEnd } from "#core/go/listing/function-start.ts";
import { GoLines } from "#core/go/listing/go-lines.ts";
import { nextLines } from "#core/go/listing/next-lines.ts";
import { readModule } from "#core/wasm/module.ts";
import { dwarfSymbols } from "../../../debug-adapter/src/symbols/dwarf.ts";
import { dwarfLines } from "../../../debug-adapter/src/symbols/go/dwarf-lines.ts";
import { bundleCli, type CliBundle } from "../../support/cli-bundle.ts";
import { buildDebuggable, type GoDebuggable } from "../../support/go-debuggable.ts";

const corpus = join(import.meta.dirname, "../../corpus/debug/delve");
let cli: CliBundle;
let output: string;

beforeAll(async () => {
  cli = await bundleCli();
  output = mkdtempSync(join(tmpdir(), "go-wasm-dwarf-"));
});
afterAll(() => {
  cli?.remove();
  if (output) rmSync(output, { recursive: true, force: true });
});

describe.each([
  ["values", undefined],
  ["flow", "go1.24.13"],
  ["flow", "go1.27.4"],
  ["kinds", undefined],
])("%s %s", (name, toolchain) => {
  let program: GoDebuggable;
  let lines: GoLines;

  beforeAll(async () => {
    program = buildDebuggable(join(corpus, name), toolchain);
    const file = join(output, `${name}.wasm`);
    const { status } = spawnSync(process.execPath, [cli.path, "dwarf", join(corpus, name), "-o", file], {
      env: { ...process.env, ...(toolchain && { GOTOOLCHAIN: toolchain }) },
      timeout: 120_000,
    });
    expect(status).toBe(0);
    const bytes = new Uint8Array(readFileSync(file));
    const dwarf = (await dwarfSymbols({ bytes, name }))!;
    lines = new GoLines(readModule(bytes).module, program.table, [], dwarfLines(dwarf, program.table));
  }, 120_000);
  afterAll(() => program?.remove());

  test("lines begin, go on and call where the listing says", () => {
    let places = 0;
    let steps = 0;
    let calls = 0;
    for (const index of program.code.lines.listedFunctions()) {
      const listed = program.code.lines.aligned(index);
      const given = lines.aligned(index);
      if (!listed?.goFrame) {
        expect(given).toBeUndefined();
        continue;
      }
      const where = program.table.name(index);
      expect(placesOf(lines, index), where).toEqual(placesOf(program.code.lines, index));
      if (program.table.entry(index)?.wrapper) continue;
      places += placesOf(lines, index).length;
      const returns = returnBlocks(given!, index);
      calls += returns.length;
      expect(factsOf(given!, returns), where).toEqual(factsOf(listed, returns));
      for (const { row, position } of program.code.lines.runs(index)) {
        const offset = listed.offsets[row]!;
        const same = given!.offsets.indexOf(offset);
        expect(offsetsOf(given!, nextLines(given!, [same], position)), `${where}:${position.line}`).toEqual(
          offsetsOf(listed, nextLines(listed, [row], position)),
        );
        steps++;
      }
    }
    expect(places).toBeGreaterThan(100);
    expect(steps).toBeGreaterThan(100);
    expect(calls).toBeGreaterThan(100);
  });

  test("functions of other packages have no lines, since DWARF only has those of calls for them", () => {
    for (const func of ["runtime.gopark", "fmt.Println", "runtime.newobject"]) {
      for (const index of program.table.find(func)) expect(lines.aligned(index)).toBeUndefined();
    }
  });
});

const placesOf = (lines: GoLines, index: DefinedIndex): string[] =>
  lines.placesIn(index).map(({ position, offset }) => `${position.file}:${position.line} ${offset}`);

/** Blocks in which the function's calls return to it: return addresses are constants in its code. */
const returnBlocks = ({ operations }: AlignedFunction, index: DefinedIndex): number[] =>
  operations.flatMap(({ operation, operands }) => {
    const counter = operation === "I64Const" ? splitProgramCounter(Number(operands.slice(1))) : undefined;
    return counter?.index === index ? [counter.block] : [];
  });

/** Where the function begins, and for each call where it is and where the function goes on behind it. */
const factsOf = (aligned: AlignedFunction, returns: readonly number[]): unknown => ({
  entry: entryOffset(aligned),
  body: aligned.offsets[prologueEnd(aligned)],
  calls: returns.map((block) => [offsetAt(aligned, callRowBefore(aligned, block)), offsetAt(aligned, resumeRow(aligned, block))]),
});

const offsetAt = ({ offsets }: AlignedFunction, row: number | undefined): number | undefined => (row === undefined ? row : offsets[row]);

const offsetsOf = ({ offsets }: AlignedFunction, rows: readonly number[]): number[] =>
  rows.map((row) => offsets[row]!).sort((a, b) => a - b);
