/** Runs the sample program and looks at it as a debugger does, to compare with what it prints of itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { findModuleData } from "#core/go/binary/module-data.ts";
import { fieldOffset } from "#core/go/layouts/go-type-table.ts";
import { innermostFrame } from "#core/go/runtime/innermost-frame.ts";
import { logicalFrames } from "#core/go/runtime/logical-frames.ts";
import { wordAt } from "#core/go/runtime/memory-task.ts";
import { runtimeLayout, type RuntimeLayout } from "#core/go/runtime/runtime-layout.ts";
import { unwind, type GoStack } from "#core/go/runtime/unwind.ts";
import { Debuggee } from "./go-toolchain-debuggee.ts";
import { buildSample, readSampleLayouts, sampleFolder, type BuildOptions, type GoProgram } from "./go-toolchain.ts";

const programs: GoProgram[] = [];
const debuggees: Debuggee[] = [];

/** To be called when the tests of a file are done. */
export async function endAll(): Promise<void> {
  for (const debuggee of debuggees) await debuggee.end();
  for (const program of programs) program.remove();
}

export function build(options: BuildOptions): GoProgram {
  const program = buildSample(options);
  programs.push(program);
  return program;
}

export async function start({ file, wasmExec }: GoProgram, calls: readonly (readonly unknown[])[] = []): Promise<Debuggee> {
  const debuggee = new Debuggee(file, wasmExec, calls);
  debuggees.push(debuggee);
  await debuggee.start();
  return debuggee;
}

export async function stackOf(debuggee: Debuggee, { code }: GoProgram): Promise<GoStack> {
  const { places, stackPointer } = await debuggee.state();
  const first = await debuggee.run(innermostFrame(code, places, stackPointer));
  if (!first) throw new Error(`no Go frame at ${places.map(({ offset }) => offset).join(", ")}`);
  return debuggee.run(unwind(code, first, 1000));
}

/** As `callers` of the sample prints them: like the runtime, it leaves out wrappers and type arguments. */
export function describeStack({ frames }: GoStack, { code, table, memory }: GoProgram, functionData: number): string[] {
  return frames
    .filter(({ index }) => !table.entry(index)?.wrapper)
    .flatMap((frame) => logicalFrames(code, memory, functionData, frame))
    .map(({ name, file, line }) => `frame ${name.replace(/\[.*\]/, "[...]")} ${file} ${line}`);
}

export function layoutOf(options: BuildOptions): RuntimeLayout {
  const { types } = readSampleLayouts(options);
  const found = runtimeLayout((struct, path) => fieldOffset(types, types.runtimeStruct(struct), ...path));
  if (!("layout" in found)) throw new Error(`missing: ${found.missing.join(", ")}`);
  return found.layout;
}

/** The word `gofunc` of the module data. */
export function functionDataOf({ memory, table }: GoProgram, layout: RuntimeLayout): number {
  return wordAt(memory, findModuleData(memory, table)! + layout.moduleData.functionData)!;
}

const source = readFileSync(join(sampleFolder, "main.go"), "utf8").split("\n");
const lineOf = (text: string): number => source.findIndex((line) => line.includes(text)) + 1;

/** Breaks on every line of main.go that satisfies `wanted`; answers the line of each offset. */
export async function breakOn(
  debuggee: Debuggee,
  { table, code }: GoProgram,
  wanted: (text: string) => boolean,
): Promise<Map<number, number>> {
  const main = table.files().find((file) => file.endsWith("sample/main.go"))!;
  const lines = new Map<number, number>();
  for (const [at, text] of source.entries()) {
    if (!wanted(text)) continue;
    const match = code.lines.placesOf(main, at + 1);
    if (match?.line !== at + 1) throw new Error(`no code on line ${at + 1}: ${text}`);
    for (const { offset } of match.places) {
      await debuggee.setBreakpoint(offset);
      lines.set(offset, at + 1);
    }
  }
  return lines;
}

export interface Variant extends BuildOptions {
  /** Exports to call, of a reactor. */
  readonly calls?: readonly (readonly unknown[])[];
}

/** Stops at every line that prints itself, and wherever the program prints its stack: both must be what was printed. */
export async function compareWithPrinted(options: Variant): Promise<void> {
  const program = build(options);
  const functionData = functionDataOf(program, layoutOf(options));
  const debuggee = await start(program, options.calls);
  const lines = await breakOn(debuggee, program, (text) => /^\t+(mark\(\)|println\("stack"\))$/.test(text));
  const hits: string[] = [];
  while (await debuggee.resume()) {
    const line = lines.get(debuggee.offset);
    if (line !== lineOf('println("stack")')) hits.push(`mark ${line}`);
    // The first frame is the printing function itself.
    else hits.push("stack", ...describeStack(await stackOf(debuggee, program), program, functionData).slice(1), "end");
  }
  const printed = (await debuggee.wholeOutput()).split("\n").filter((line) => /^(mark|stack|frame|end)\b/.test(line));
  expect(printed.length).toBeGreaterThan(options.calls ? 8 : 100);
  expect(hits.join("\n")).toBe(printed.join("\n"));
}
