import { existsSync, readdirSync, readFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { afterAll, describe, expect, test } from "vitest";
import { adapterTests } from "../support/adapter-test.ts";
import { type DapClient, markedLine } from "../support/dap-client.ts";
import { corpusFile, temporaryFolder } from "../support/debug-corpus.ts";

const { connect } = adapterTests();
const folder = temporaryFolder({
  "forever.wat": '(module (func (export "forever") (loop $again (nop) (br $again))))',
  "sleeper.wat": `(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 104) "good night")
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 104))
    (i32.store (i32.const 4) (i32.const 10))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i64.store (i32.const 0) (i64.const 0))
    (i64.store (i32.const 8) (i64.const 0))
    (i32.store (i32.const 16) (i32.const 1)) ;; CLOCK_MONOTONIC
    (i64.store (i32.const 24) (i64.const 2000000000))
    (drop (call $poll (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 200))) ;;@sleep
    (nop) ;;@awake
    (nop)))
`,
});
afterAll(() => folder.remove());
const forever = { program: `${folder.path}/forever.wat`, invoke: { export: "forever" } };
const linux = process.platform === "linux";

/** Processes that the adapter has started. */
function children(client: DapClient): number[] {
  const pid = client.process.pid!;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
}

async function gone(pid: number): Promise<void> {
  const limit = Date.now() + 20_000;
  while (existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(statusOf(pid))) {
    if (Date.now() > limit) throw new Error(`process ${pid} is left`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until the main thread of a process has waited for something at several looks in a row. */
async function asleep(pid: number): Promise<void> {
  const limit = Date.now() + 20_000;
  for (let looks = 0; looks < 5;) {
    looks = /^State:\s+S/m.test(statusOf(pid)) ? looks + 1 : 0;
    if (Date.now() > limit) throw new Error(`process ${pid} does not sleep`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "State: Z";
  }
}

describe.runIf(linux)("no process is left", () => {
  test.each([
    ["stopped", { breakpoints: { [corpusFile("c/prog.c")]: [33] } }, { program: corpusFile("c/prog.O0.wasm") }],
    ["computing", {}, forever],
    ["computing without a debugger", {}, { ...forever, noDebug: true }],
  ])("when the adapter is killed while the program is %s", async (_, setup, launch) => {
    const client = connect();
    await client.launch(launch, setup);
    if ("breakpoints" in setup) await client.stopped();
    const [pid] = children(client);
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    client.process.kill("SIGKILL");
    await gone(pid!);
  });

  test.each(["disconnect", "terminate"])("when the client sends %s while the program computes", async (command) => {
    const client = connect();
    await client.launch(forever);
    const [pid] = children(client);
    await client.request(command);
    await gone(pid!);
    await client.event("terminated");
  });

  test("when the client closes the adapter's input", async () => {
    const client = connect();
    await client.launch(forever);
    const [pid] = children(client);
    await client.close();
    await gone(pid!);
  });

  test("when a launch fails in the engine", async () => {
    const client = connect();
    await client.initialize();
    // (module (func (export "f") (result i32) (i64.const 1))): the engine is the first to look into bodies of a binary module.
    const bytes = Buffer.from("0061736d010000000105016000017f03020100070501016600000a0601040042010b", "hex");
    const bad = temporaryFolder({ "bad.wasm": bytes });
    expect(await client.raw("launch", { program: `${bad.path}/bad.wasm`, invoke: { export: "f" } })).toMatchObject({
      success: false,
      message: expect.stringContaining("V8 refuses the module") as unknown,
    });
    bad.remove();
    const limit = Date.now() + 20_000;
    while (children(client).length > 0 && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(children(client)).toEqual([]);
  });

  test("killing the program's process ends the session with a message", async () => {
    const client = connect();
    await client.launch(forever);
    process.kill(children(client)[0]!, "SIGKILL");
    expect(await client.ended()).toBeUndefined();
    expect(client.output("important")).toContain("was ended from outside (SIGKILL)");
    expect(await client.raw("threads")).toMatchObject({ success: true, body: { threads: [] } });
  });
});

test("an endless loop is paused, stepped and let go on", async () => {
  const client = connect();
  await client.launch(forever);
  await client.request("pause", { threadId: 1 });
  expect(await client.stopped()).toMatchObject({ reason: "pause", threadId: 1 });
  expect(await client.top()).toMatchObject({ name: "forever", line: 1 });
  expect(await client.step("next", "instruction")).toBe("1 forever");
  await client.continue();
  expect(await client.raw("stackTrace", { threadId: 1 })).toMatchObject({ success: false, message: "the program is running" });
});

test("a program that sleeps takes breakpoints and pauses when it is awake, and the user is told", async () => {
  const client = connect();
  const sleeper = `${folder.path}/sleeper.wat`;
  await client.launch({ program: sleeper });
  await client.outputMatching("stdout", /good night/);
  // It prints right before it sleeps; a pause in between would be served at once.
  if (linux) await asleep(children(client)[0]!);
  expect(await client.raw("pause", { threadId: 1 })).toMatchObject({ success: true });
  expect(client.output("important")).toContain("it pauses when that returns");
  const breakpoints = client.setBreakpoints(sleeper, [markedLine(sleeper, "awake")]);
  // Nothing is called behind the sleep, and nothing loops: V8 would serve neither before the program's end.
  expect(await client.stopped()).toMatchObject({ reason: "pause" });
  expect(await client.top()).toMatchObject({ name: "_start", line: markedLine(sleeper, "sleep") });
  expect(await breakpoints).toMatchObject([{ verified: true }]);
  await client.continue();
  expect(await client.stopped()).toMatchObject({ reason: "breakpoint" });
  expect(await client.step("next")).toBe(`${markedLine(sleeper, "awake") + 1} _start`);
  await client.continue();
  expect(await client.ended()).toBe(0);
});

describe.runIf(linux)("in a terminal", () => {
  test("the program is dialled by a private socket, has the terminal's streams, and is debugged", async () => {
    const before = socketFolders();
    const client = connect();
    let printed = "";
    let code: Promise<number | null> | undefined;
    client.reverse.set("runInTerminal", (args) => {
      const [command, ...rest] = args["args"] as string[];
      const env = Object.fromEntries(Object.entries(args["env"] as object).filter(([, value]) => value !== null)) as NodeJS.ProcessEnv;
      const terminal = spawn(command!, rest, {
        cwd: args["cwd"] as string,
        env: { ...process.env, ...env },
        stdio: ["pipe", "pipe", "inherit"],
      });
      terminal.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
      code = new Promise((resolve) => terminal.once("close", resolve));
      return { processId: terminal.pid };
    });
    await client.initialize({ supportsRunInTerminalRequest: true });
    await client.request("launch", { program: corpusFile("c/prog.O0.wasm"), console: "integratedTerminal" });
    await client.event("initialized");
    // The connection outlives its name: nothing is left in the file system even if everything is killed from now on.
    expect(socketFolders()).toEqual(before);
    await client.setBreakpoints(corpusFile("c/prog.c"), [33]);
    await client.request("configurationDone");
    await client.stopped();
    expect(await client.evaluate("n")).toBe("1");
    await client.continue();
    expect(await client.ended()).toBe(0);
    expect(await code).toBe(0);
    expect(printed).toContain("120 19 461");
    expect(client.output("stdout")).toBe("");
  });

  test("a client without a terminal is told, and the program runs in the console", async () => {
    const client = connect();
    await client.launch({ program: corpusFile("c/prog.O0.wasm"), console: "integratedTerminal" });
    expect(await client.ended()).toBe(0);
    expect(client.output("important")).toContain("integratedTerminal");
    expect(client.output("stdout")).toContain("120 19 461");
  });

  test("a terminal that the client refuses fails the launch", async () => {
    const client = connect();
    await client.initialize({ supportsRunInTerminalRequest: true });
    const response = await client.raw("launch", { program: corpusFile("c/prog.O0.wasm"), console: "integratedTerminal" });
    expect(response).toMatchObject({ success: false, message: expect.stringContaining("not supported by this client") as unknown });
  });
});

function socketFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^go-wasm-\w{6}$/.test(name));
}
