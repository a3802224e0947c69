/** The line table and the unwinding against running programs: what the debugger sees must be what the program prints of itself. */
import { afterAll, describe, expect, test } from "vitest";
import { findAllGoroutines, isSystemGoroutine, readGoroutines, readRunning } from "#core/go/runtime/goroutines.ts";
import { innermostFrame } from "#core/go/runtime/innermost-frame.ts";
import { savedFrame, unwind } from "#core/go/runtime/unwind.ts";
import { readWaitReasons } from "#core/go/runtime/wait-reasons.ts";
import {
  breakOn,
  build,
  compareWithPrinted,
  describeStack,
  endAll,
  functionDataOf,
  layoutOf,
  stackOf,
  start,
  type Variant,
} from "../../../support/go-toolchain-session.ts";

afterAll(endAll);

const variants: readonly (readonly [string, Variant])[] = [
  ["wasip1", { os: "wasip1" }],
  ["js", { os: "js" }],
  ["wasip1, optimised", { os: "wasip1", compiler: "" }],
  [
    "wasip1, c-shared",
    {
      os: "wasip1",
      flags: ["-buildmode=c-shared"],
      calls: [
        ["store", 1, 2],
        ["store", 3, 4],
      ],
    },
  ],
  ["js, optimised, stripped, -trimpath", { os: "js", compiler: "", flags: ["-trimpath", "-ldflags=-s -w"] }],
];

describe.each(variants)("%s", (_, options) => {
  test("lines are hit in the order in which they print themselves, and stacks are the runtime's", { timeout: 300_000 }, async () => {
    await compareWithPrinted(options);
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
      const running = { saved, places: debuggee.offsets };
      const stack = first && (await debuggee.run(unwind(code, first, 1000, running)));
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
