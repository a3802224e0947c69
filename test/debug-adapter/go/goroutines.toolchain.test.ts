// F5 on a Go package: goroutines as threads, and steps that stay with theirs. What is right is what the program's source says: lines run
// in the order in which channels hand over.
import type { DebugProtocol } from "@vscode/debugprotocol";
import { describe, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const program = new GoTestProgram("channels");
const main = program.path();
const pool = program.path("pool/pool.go");

/** Launches and waits for the stop at a mark of main.go. */
async function stopAt(mark: string, more: object = {}): Promise<DapClient> {
  const client = connect();
  const answers = await client.launch({ program: program.folder, ...more }, { breakpoints: { [main]: [program.line(mark)] } });
  expect(answers[main]).toMatchObject([{ verified: true, line: program.line(mark) }]);
  expect(await client.stopped()).toMatchObject({ reason: "breakpoint", allThreadsStopped: true });
  return client;
}

async function threads(client: DapClient): Promise<DebugProtocol.Thread[]> {
  return (await client.request<{ threads: DebugProtocol.Thread[] }>("threads")).threads;
}

const source = (mark: string): number => program.line(mark);
const lineOf = (step: string): number => Number.parseInt(step, 10);

describe("steps", () => {
  test("over channel operations, locks and a recovered panic stay in their goroutine", { timeout: buildLimit }, async () => {
    const client = await stopAt("start");
    const steps: number[] = [];
    for (let step = await client.step("next"); step !== "end"; step = await client.step("next")) steps.push(lineOf(step));
    const loop = source("wait") - 9;
    const turn = [loop, loop + 1, loop + 2];
    expect(steps).toEqual([
      source("start") + 1,
      source("feed"),
      source("receive"),
      source("receive2"),
      source("closed"),
      source("print"),
      source("print") + 1,
      source("print") + 2,
      source("print") + 3,
      ...turn,
      ...turn,
      ...turn,
      loop,
      source("wait"),
      source("total"),
      source("recovered"),
      source("error"),
      source("exit"),
    ]);
    expect(client.output("stdout")).toBe("2 4 false\ntotal 3\nrecovered: runtime error: integer divide by zero\n");
  });

  test("of a worker come back to it, whatever ran while it slept", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.launch({ program: program.folder }, { breakpoints: { [pool]: [program.line("range", "pool/pool.go")] } });
    const { threadId } = await client.stopped();
    await client.setBreakpoints(pool, []);
    const marks = ["sleep", "twice", "send"].map((mark) => program.line(mark, "pool/pool.go"));
    const range = program.line("range", "pool/pool.go");
    for (const line of [...marks, range, ...marks, range, program.line("close", "pool/pool.go")]) {
      expect(await client.step("next")).toBe(`${line} pool.Double`);
      expect(client.threadId).toBe(threadId);
    }
  });

  test("into, out, and over a breakpoint in another goroutine", { timeout: buildLimit }, async () => {
    const client = await stopAt("recovered");
    expect(lineOf(await client.step("stepIn"))).toBe(program.line("recovered", "main.go") + 5);
    expect(await client.step("stepOut")).toBe(`${program.line("recovered")} main.main`);
    await client.close();

    const other = await stopAt("wait");
    await other.setBreakpoints(main, [program.line("worker")]);
    expect(await other.step("next")).toBe(`${program.line("worker")} main.main.func2`);
    expect(other.threadId).not.toBe(1);
  });

  test("one goroutine that waits while another is the one that stopped", { timeout: buildLimit }, async () => {
    const client = await stopAt("receive2");
    const waiting = (await threads(client)).find(({ name }) => name.endsWith("main.main.func1"))!;
    client.threadId = waiting.id;
    expect(await client.step("next")).toBe(`${program.line("feed")} main.main.func1`);
    expect(client.threadId).toBe(waiting.id);
  });
});

describe("threads", () => {
  test("are goroutines with their names, stacks and lines", { timeout: buildLimit }, async () => {
    const client = await stopAt("receive2", { hideSystemGoroutines: true, showWaitReasons: true });
    const list = await threads(client);
    expect(list.map(({ name }) => name)).toEqual(["* [Go 1] main.main (Thread 1)", "[Go 6] time.Sleep [sleep]", "[Go 7] main.main.func1"]);
    const stacks: string[][] = [];
    for (const { id } of list) {
      client.threadId = id;
      const frames = (await client.stack()).filter(({ presentationHint }) => presentationHint !== "subtle");
      stacks.push(frames.map(({ name, line }) => `${name} ${line}`).filter((frame) => !frame.startsWith("time.")));
    }
    expect(stacks).toEqual([
      [`main.main ${program.line("receive2")}`],
      [`pool.Double ${program.line("sleep", "pool/pool.go")}`, `main.main.gowrap1 ${program.line("start") + 1}`],
      [`main.main.func1 ${program.line("feed")}`],
    ]);
  });

  test("are filtered as Delve does, and say where they were started", { timeout: buildLimit }, async () => {
    const goroutineFilters = `-with user -without goloc main.go:${program.line("start") + 1}`;
    const client = await stopAt("receive2", { goroutineFilters, showGoroutineOrigins: true });
    const list = await threads(client);
    expect(list.map(({ name }) => name)).toEqual(["* [Go 1] main.main (Thread 1)", "[Go 7] main.main.func1"]);
    client.threadId = list[1]!.id;
    const origin = (await client.stack()).at(-1)!;
    expect(origin).toMatchObject({ name: "created by main.main in goroutine 1", presentationHint: "subtle", source: { path: main } });
    expect(origin.line).toBe(program.line("start") + 2);
    expect(await client.scopes(origin.id)).toEqual({});
    const main1 = connect();
    await main1.initialize();
    const refused = main1.request("launch", { program: program.folder, goroutineFilters: "-with nobody" });
    await expect(refused).rejects.toThrow(/"goroutineFilters" has nobody, which is not understood/);
  });

  test("are named as Delve names them, those of the runtime included", { timeout: buildLimit }, async () => {
    const client = await stopAt("receive2");
    const names = (await threads(client)).map(({ name }) => name);
    expect(names.filter((name) => !name.includes(" runtime."))).toEqual([
      "* [Go 1] main.main (Thread 1)",
      "[Go 6] time.Sleep",
      "[Go 7] main.main.func1",
    ]);
    expect(names).toContain("[Go 2] runtime.gopark");
    await expect(client.request("stackTrace", { threadId: 99 })).rejects.toThrow("no thread 99");
  });
});

test(
  "breakpoints and stacks reach into every package of the module, and the exit code is the program's",
  { timeout: buildLimit },
  async () => {
    const client = connect();
    const line = program.line("twice", "pool/pool.go");
    await client.launch({ program: main }, { breakpoints: { [pool]: [line] } });
    await client.stopped();
    const frames = await client.stack();
    expect(frames.map(({ name }) => name)).toEqual(["pool.Double", "main.main.gowrap1", "runtime.goexit"]);
    expect(frames[0]).toMatchObject({ line, source: { path: pool } });
    await client.setBreakpoints(pool, []);
    await client.continue();
    expect(await client.ended()).toBe(3);
  },
);

test("a program that is paused in the runtime shows where every goroutine is", { timeout: buildLimit }, async () => {
  const client = connect();
  const busy = new GoTestProgram("busy");
  await client.launch({ program: busy.folder });
  await client.outputMatching("stdout", /busy/);
  await client.request("pause", { threadId: 1 });
  expect(await client.stopped()).toMatchObject({ reason: "pause" });
  const names = (await client.stack()).map(({ name }) => name);
  expect(names.at(-1)).toBe("runtime.goexit");
  expect(names.filter((name) => name.startsWith("main."))).not.toEqual([]);
  expect(await client.step("stepOut")).toMatch(/ main\./);
});
