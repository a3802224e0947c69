/** The line table and the unwinding against running programs: what the debugger sees must be what the program prints of itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findModuleData } from "#core/go/binary/module-data.ts";
import { fieldOffset } from "#core/go/layouts/go-type-table.ts";
import { findAllGoroutines, isSystemGoroutine, readGoroutines, readRunning } from "#core/go/runtime/goroutines.ts";
import { innermostFrame } from "#core/go/runtime/innermost-frame.ts";
import { logicalFrames } from "#core/go/runtime/logical-frames.ts";
import { wordAt } from "#core/go/runtime/memory-task.ts";
import { runtimeLayout, type RuntimeLayout } from "#core/go/runtime/runtime-layout.ts";
import { savedFrame, unwind, type GoStack } from "#core/go/runtime/unwind.ts";
import { readWaitReasons } from "#core/go/runtime/wait-reasons.ts";
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
  const { types } = readSampleLayouts(options);
  const found = runtimeLayout((struct, path) => fieldOffset(types, types.runtimeStruct(struct), ...path));
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

describe("goroutines", () => {
  test("are those of runtime.Stack, with wait reasons, stacks and origins", { timeout: 300_000 }, async () => {
    const program = build({ os: "wasip1" });
    const { code, memory, table } = program;
    const layout = layoutOf({ os: "wasip1" });
    const functionData = functionDataOf(program, layout);
    const debuggee = await start(program);
    await breakOn(debuggee, program, (text) => text.includes("runtime.Stack("));
    expect(await debuggee.resume()).toBe(true);

    const all = await debuggee.run(findAllGoroutines(code, layout));
    const goroutines = await debuggee.run(readGoroutines(layout, all!, readWaitReasons(code, memory)));
    const running = await debuggee.run(readRunning(layout, (await debuggee.state()).goroutine));
    const seen: string[] = [];
    for (const { address, id, status, waitReason, saved, start, createdAt, parentId } of goroutines) {
      if (start && isSystemGoroutine(table.name(start.index))) continue;
      const first = savedFrame(code, saved);
      const stack = address === running.address ? await stackOf(debuggee, program) : await debuggee.run(unwind(code, first!, 1000));
      expect(stack.end).toBe("root");
      seen.push(`goroutine ${id} [${waitReason ?? status}]:`);
      // The runtime's traces leave out its own functions, but for those that it exports.
      for (const line of describeStack(stack, program, functionData)) if (!/^frame runtime\.[^A-Z]/.test(line)) seen.push(line);
      if (!createdAt) continue;
      const origin = code.callPosition(createdAt.index, createdAt.block);
      seen.push(`created by ${table.name(createdAt.index)} in goroutine ${parentId} ${origin?.file} ${origin?.line}`);
    }
    await debuggee.resume();
    expect(seen.sort()).toEqual(printedGoroutines(await debuggee.wholeOutput()).sort());
  });

  test("unwind to their roots wherever the program is paused", { timeout: 60_000 }, async () => {
    const program = build({ os: "wasip1", target: "./busy" });
    const { code, table } = program;
    const layout = layoutOf({ os: "wasip1", target: "./busy" });
    const debuggee = await start(program);
    while (!debuggee.printed.includes("busy")) await debuggee.pauseAfter(20);
    const lost: string[] = [];
    const innermost = new Set<string>();
    for (let pause = 0; pause < 60; pause++) {
      expect(await debuggee.pauseAfter((pause * 7) % 13)).toBe(true);
      const { places, stackPointer, goroutine } = await debuggee.state();
      const { saved } = await debuggee.run(readRunning(layout, goroutine));
      const first = await debuggee.run(innermostFrame(code, places, stackPointer));
      const stack = first && (await debuggee.run(unwind(code, first, 1000, saved)));
      const names = stack?.frames.map(({ index }) => table.name(index)) ?? [];
      innermost.add(names[0] ?? "");
      if (stack?.end !== "root") lost.push(`${stack?.end} ${places[0]?.offset}: ${names.join(" < ")}`);
    }
    expect(lost).toEqual([]);
    // The pauses were in many places.
    expect(innermost.size).toBeGreaterThan(8);
  });
});

/** What `runtime.Stack` printed, in the form of our own list: the header, each frame, the origin. */
function printedGoroutines(output: string): string[] {
  const text = /goroutines\n([^]*?)\n\ndone/.exec(output)?.[1] ?? "";
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.flatMap((line, at) => {
    if (line.startsWith("\t")) return [];
    if (line.startsWith("goroutine ")) return [line];
    const [, file, number] = /^\t(.*):(\d+)/.exec(lines[at + 1] ?? "") ?? [];
    return line.startsWith("created by ") ? [`${line} ${file} ${number}`] : [`frame ${line.replace(/\(.*\)$/, "")} ${file} ${number}`];
  });
}
