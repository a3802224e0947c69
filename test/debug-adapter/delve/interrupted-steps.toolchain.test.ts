// Breakpoints that are hit while a goroutine steps: Delve on the native build and this debugger stop at the same places with the same words.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildNative, connectDelve, delveLaunch } from "./delve.ts";

const { connect } = adapterTests();
const folder = join(import.meta.dirname, "programs/concurrency");
const main = join(folder, "main.go");
const limit = 240_000;

const source = readFileSync(main, "utf8").split("\n");
/** 1-based. */
const lineOf = (text: string): number => source.findIndex((line) => line.includes(text)) + 1;

/** Where `main` waits for a goroutine, the body of that, the function that it calls, and what comes behind all of them. */
const lines = {
  waiting: lineOf("wg.Wait() //@stop"),
  goroutine: lineOf("acc.deposit(int64("),
  deposit: lineOf("return a.balance.Add(n)"),
  afterLoop: lineOf('append(log, "once")'),
};

type Command = "next" | "stepIn" | "stepOut" | "continue";

/** Every stop with its reason and place, and behind it what the debugger says of it. */
async function stops(client: DapClient, launch: object, breakpoints: readonly number[], commands: readonly Command[]): Promise<string[]> {
  const found: string[] = [];
  await client.launch(launch, { breakpoints: { [main]: breakpoints }, filters: [] });
  for (const command of [...commands, undefined]) {
    const { reason } = await client.stopped();
    const frame = (await client.stack()).find(({ source }) => source?.path === main);
    const told = client.outputs.filter(({ output }) => /step/i.test(output)).map(({ category, output }) => `${category}: ${output.trim()}`);
    client.outputs.length = 0;
    found.push([`${reason} ${basename(frame?.source?.path ?? "")}:${frame?.line}`, ...told].join(" "));
    if (command !== undefined) await client.request(command, { threadId: client.threadId });
  }
  return found;
}

const scripts: readonly { name: string; breakpoints: readonly number[]; commands: readonly Command[] }[] = [
  {
    name: "a step over, interrupted twice by another goroutine, ends after the program was let go on",
    breakpoints: [lines.waiting, lines.goroutine, lines.deposit, lines.afterLoop],
    commands: ["next", "continue", "continue", "continue"],
  },
  {
    name: "a step in the other goroutine, which nothing interrupts",
    breakpoints: [lines.waiting, lines.deposit],
    commands: ["continue", "stepOut", "continue"],
  },
  {
    name: "a breakpoint of the stepping goroutine itself ends the step",
    breakpoints: [lines.goroutine, lines.deposit, lines.afterLoop],
    commands: ["next", "continue"],
  },
];

test("stops and words are Delve's", { timeout: limit }, async () => {
  const native = buildNative(folder);
  try {
    for (const { name, breakpoints, commands } of scripts) {
      const delve = await connectDelve();
      const theirs = await stops(delve, delveLaunch(native.file), breakpoints, commands);
      await delve.close();
      expect(await stops(connect(), { program: folder }, breakpoints, commands), name).toEqual(theirs);
    }
  } finally {
    native.remove();
  }
});

// Delve refuses it: "Unable to step while the previous step is interrupted by a breakpoint."
test("another step takes the place of the interrupted one", { timeout: limit }, async () => {
  const breakpoints = [lines.waiting, lines.deposit, lines.afterLoop];
  const found = await stops(connect(), { program: folder }, breakpoints, ["next", "stepOut", "continue", "continue"]);
  expect(found).toEqual([
    `breakpoint main.go:${lines.waiting}`,
    expect.stringMatching(`^breakpoint main\\.go:${lines.deposit} console: Step interrupted by a breakpoint\\.`),
    `step main.go:${lines.goroutine + 1}`,
    `breakpoint main.go:${lines.waiting}`,
    `breakpoint main.go:${lines.deposit}`,
  ]);
});
