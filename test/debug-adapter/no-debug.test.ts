import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import { temporaryFolder } from "../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const folder = temporaryFolder({
  "trap.wat": `(module
  (import "elsewhere" "log" (func $log))
  (func $inner (unreachable))
  (func $outer (export "outer") (call $inner))
  (func $missing (export "missing") (call $log)))
`,
  "host.cjs": `const { readFileSync } = require("node:fs");
function callIt(exports) { exports.outer(); }
callIt(new WebAssembly.Instance(new WebAssembly.Module(readFileSync(process.argv[2])), { elsewhere: { log() {} } }).exports);
`,
  "late.mjs": `setTimeout(function later() { throw new Error("too late"); }, 1);
`,
});
afterAll(() => folder.remove());
const program = join(folder.path, "trap.wat");
const ours = /debuggee|go-wasm:|Immediate/;

describe("an error has no frames of ours", () => {
  test.each([
    ["outer", /^RuntimeError: unreachable\n {4}at inner \(wasm:.*\)\n {4}at outer \(wasm:.*\)\n$/],
    ["missing", /^RuntimeError: the program called the import "elsewhere" "log", which nothing provides\n {4}at missing \(wasm:.*\)\n$/],
  ])("in a terminal: %s", async (name, text) => {
    const client = connect();
    let printed = "";
    client.reverse.set("runInTerminal", (args) => {
      const [command, ...rest] = args["args"] as string[];
      const env = Object.fromEntries(Object.entries(args["env"] as object).filter(([, value]) => value !== null)) as NodeJS.ProcessEnv;
      const terminal = spawn(command!, rest, { cwd: args["cwd"] as string, env: { ...process.env, ...env }, stdio: "pipe" });
      terminal.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
      return {};
    });
    const launch = { program, invoke: { export: name }, console: "integratedTerminal", noDebug: true };
    await client.launch(launch, { client: { supportsRunInTerminalRequest: true } });
    expect(await client.ended()).toBe(1);
    await expect.poll(() => printed).toMatch(text);
    expect(printed).not.toMatch(ours);
  });

  test("of a module below a script of the user", async () => {
    const client = connect();
    await client.launch({ program, host: join(folder.path, "host.cjs"), noDebug: true });
    expect(await client.ended()).toBe(1);
    expect(client.output("stderr")).toMatch(/^RuntimeError: unreachable\n(?: {4}at .*wasm.*\n){2} {4}at callIt \(.*host\.cjs:2:/);
    expect(client.output("stderr")).not.toMatch(ours);
  });

  test("of a script's own callback, whose frames of Node.js stay", async () => {
    const client = connect();
    await client.launch({ host: join(folder.path, "late.mjs"), cwd: folder.path, noDebug: true });
    expect(await client.ended()).toBe(1);
    expect(client.output("stderr")).toMatch(/^Error: too late\n {4}at .*later .*late\.mjs:1:\d+\)\n {4}at .*node:internal/);
  });
});

test("breakpoints are refused, because the session runs without debugging", async () => {
  const client = connect();
  await client.initialize();
  await client.request("launch", { program, invoke: { export: "outer" }, noDebug: true });
  await client.event("initialized");
  const message = 'the program runs without debugging, as "noDebug" asks for';
  const refused = { verified: false, message, reason: "failed" };
  expect(await client.setBreakpoints(program, [3, { line: 4, condition: "(" }])).toEqual([
    { ...refused, line: 3, source: { path: program } },
    { ...refused, line: 4, source: { path: program } },
  ]);
  expect(await client.request("setFunctionBreakpoints", { breakpoints: [{ name: "$inner" }] })).toEqual({ breakpoints: [refused] });
  await client.request("setExceptionBreakpoints", { filters: ["trap"] });
  await client.request("configurationDone");
  expect(await client.ended()).toBe(1);
  expect(await client.setBreakpoints(program, [3])).toMatchObject([refused]);
});
