/** The line table and the unwinding against running programs: what the debugger sees must be what the program prints of itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findModuleData } from "#core/go/binary/module-data.ts";
import { runtimeLayout, type RuntimeLayout } from "#core/go/layouts/runtime-layout.ts";
import { innermostFrame } from "#core/go/runtime/innermost-frame.ts";
import { logicalFrames } from "#core/go/runtime/logical-frames.ts";
import { wordAt } from "#core/go/runtime/memory-task.ts";
import { unwind, type GoStack } from "#core/go/runtime/unwind.ts";
import { Debuggee } from "../../../support/go-toolchain-debuggee.ts";
import { buildSample, readSampleLayouts, sampleFolder, type BuildOptions, type GoProgram } from "../../../support/go-toolchain.ts";

const programs: GoProgram[] = [];
const debuggees: Debuggee[] = [];

afterAll(async () => {
  for (const debuggee of debuggees) await debuggee.end();
  for (const program of programs) program.remove();
});

function build(options: BuildOptions): GoProgram {
  const program = buildSample(options);
  programs.push(program);
  return program;
}

async function start({ file, wasmExec }: GoProgram, calls: readonly (readonly unknown[])[] = []): Promise<Debuggee> {
  const debuggee = new Debuggee(file, wasmExec, calls);
  debuggees.push(debuggee);
  await debuggee.start();
  return debuggee;
}

async function stackOf(debuggee: Debuggee, { code }: GoProgram): Promise<GoStack> {
  const { places, stackPointer } = await debuggee.state();
  const first = await debuggee.run(innermostFrame(code, places, stackPointer));
  if (!first) throw new Error(`no Go frame at ${places.map(({ offset }) => offset).join(", ")}`);
  return debuggee.run(unwind(code, first, 1000));
}

/** As `callers` of the sample prints them: like the runtime, it leaves out wrappers and type arguments. */
function describeStack({ frames }: GoStack, { code, table, memory }: GoProgram, functionData: number): string[] {
  return frames
    .filter(({ index }) => !table.entry(index)?.wrapper)
    .flatMap((frame) => logicalFrames(code, memory, functionData, frame))
    .map(({ name, file, line }) => `frame ${name.replace(/\[.*\]/, "[...]")} ${file} ${line}`);
}

function layoutOf(options: BuildOptions): RuntimeLayout {
  const found = runtimeLayout(readSampleLayouts(options));
  if (!("layout" in found)) throw new Error(`missing: ${found.missing.join(", ")}`);
  return found.layout;
}

/** The word `gofunc` of the module data. */
function functionDataOf({ memory, table }: GoProgram, layout: RuntimeLayout): number {
  return wordAt(memory, findModuleData(memory, table)! + layout.moduleData.functionData)!;
}

const source = readFileSync(join(sampleFolder, "main.go"), "utf8").split("\n");
const lineOf = (text: string): number => source.findIndex((line) => line.includes(text)) + 1;

/** Breaks on every line of main.go that satisfies `wanted`; answers the line of each offset. */
async function breakOn(debuggee: Debuggee, { table, code }: GoProgram, wanted: (text: string) => boolean): Promise<Map<number, number>> {
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

const variants: readonly (readonly [string, BuildOptions])[] = [
  ["wasip1", { os: "wasip1" }],
  ["js", { os: "js" }],
  ["wasip1, optimised", { os: "wasip1", compiler: "" }],
  ["js, optimised, stripped, -trimpath", { os: "js", compiler: "", flags: ["-trimpath", "-ldflags=-s -w"] }],
];

describe.each(variants)("%s", (_, options) => {
  test("lines are hit in the order in which they print themselves, and stacks are the runtime's", { timeout: 300_000 }, async () => {
    const program = build(options);
    const functionData = functionDataOf(program, layoutOf(options));
    const debuggee = await start(program);
    const lines = await breakOn(debuggee, program, (text) => /^\t+(mark\(\)|println\("stack"\))$/.test(text));
    const hits: string[] = [];
    while (await debuggee.resume()) {
      const line = lines.get(debuggee.offset);
      if (line !== lineOf('println("stack")')) hits.push(`mark ${line}`);
      // The first frame is the printing function itself.
      else hits.push("stack", ...describeStack(await stackOf(debuggee, program), program, functionData).slice(1), "end");
    }
    const printed = (await debuggee.wholeOutput()).split("\n").filter((line) => /^(mark|stack|frame|end)\b/.test(line));
    expect(printed.length).toBeGreaterThan(100);
    expect(hits.join("\n")).toBe(printed.join("\n"));
  });
});
