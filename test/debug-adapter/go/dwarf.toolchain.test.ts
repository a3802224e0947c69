// A module that `go-wasm dwarf` wrote, debugged without its package: lines and variables by DWARF, goroutines by the runtime.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { bundleCli, type CliBundle } from "../../support/cli-bundle.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const channels = new GoTestProgram("channels");
const values = join(import.meta.dirname, "../../corpus/debug/delve/values");
let cli: CliBundle;
let output: string;

beforeAll(async () => {
  cli = await bundleCli();
  output = mkdtempSync(join(tmpdir(), "go-wasm-test-"));
});
afterAll(() => {
  cli?.remove();
  if (output) rmSync(output, { recursive: true, force: true });
});

/** Path of the module that the command writes for a package. */
function written(folder: string, name: string, ...options: readonly string[]): string {
  const file = join(output, `${name}.wasm`);
  const { status, stderr } = spawnSync(process.execPath, [cli.path, "dwarf", folder, "-o", file, ...options], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return file;
}

interface Seen {
  readonly stack: readonly string[];
  /** Value of each local variable by its name. */
  readonly locals: Readonly<Record<string, string>>;
}

/** What a program shows at every stop, up to its end. */
async function everyStop(client: DapClient, program: string, main: string, lines: readonly number[]): Promise<readonly Seen[]> {
  await client.launch({ program }, { breakpoints: { [main]: [...lines] } });
  const seen: Seen[] = [];
  for (let event = await stopOrEnd(client); event === "stopped"; event = await stopOrEnd(client)) {
    const stack = await client.stack();
    const { Locals = {} } = await client.scopes(stack[0]!.id);
    seen.push({
      stack: stack.map((frame) => `${frame.name} ${frame.source?.name} ${frame.line}`),
      locals: Object.fromEntries(Object.values(Locals).map(({ name, value, type }) => [name, withoutPlaces(`${type} = ${value}`)])),
    });
    await client.continue();
  }
  return seen;
}

async function stopOrEnd(client: DapClient): Promise<string> {
  const event = await client.event("stopped", "terminated");
  if (event.event === "stopped") client.threadId = (event as DebugProtocol.StoppedEvent).body.threadId ?? 1;
  return event.event;
}

/** Addresses differ from run to run, and DWARF has no names of constants: `Red (1)`. */
const withoutPlaces = (text: string): string => text.replaceAll(/0x[0-9a-f]{4,}/g, "0x?").replaceAll(/\b[A-Z][\w|]* \((-?\d+)\)/g, "$1");

/** Line numbers of all marks of a file. */
const allMarks = (path: string): number[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, at) => (/\/\/@\w/.test(line) ? at + 1 : []));

test("shows at every stop what the package itself shows, whose values are Delve's", { timeout: buildLimit }, async () => {
  const main = join(values, "main.go");
  const lines = allMarks(main);
  const expected = await everyStop(connect(), values, main, lines);
  const found = await everyStop(connect(), written(values, "values"), main, lines);
  expect(found.map(({ stack }) => stack)).toEqual(expected.map(({ stack }) => stack));
  expect(found.map(({ locals }) => locals)).toEqual(expected.map(({ locals }) => locals));
  expect(found.flatMap(({ locals }) => Object.keys(locals)).length).toBeGreaterThan(100);
});

test("goroutines, steps across a channel, expressions and conditions are those of Go", { timeout: buildLimit }, async () => {
  const client = connect();
  const main = channels.path();
  const receive = channels.line("receive");
  await client.launch(
    { program: written(channels.folder, "channels") },
    { breakpoints: { [main]: [receive, { line: channels.line("worker"), condition: "i == 1" }] } },
  );
  await client.stopped();
  const { threads } = await client.request<{ threads: readonly { name: string }[] }>("threads");
  expect(threads.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^\* \[Go 1\] main\.main/));
  expect(threads.length).toBeGreaterThan(2);
  expect(await client.step("next")).toBe(`${receive + 1} main.main`);
  expect(await client.evaluate("first")).toBe("2");
  expect(await client.evaluate("first + 40")).toBe("42");
  expect(await client.evaluate("cap(in)")).toBe("0");
  const locals = await client.scopes((await client.top()).id);
  await client.request("setVariable", { variablesReference: await localsOf(client), name: "first", value: "7" });
  expect(Object.keys(locals["Locals"] ?? {})).toEqual(["in", "out", "first"]);
  await client.continue();
  await client.stopped();
  expect(await client.evaluate("i")).toBe("1");
  expect((await client.stack()).map(({ name }) => name)).toContain("main.main.func2");
  await client.continue();
  expect(await client.ended()).toBe(3);
  expect(client.output("stdout")).toContain("7 4 false");
});

async function localsOf(client: DapClient): Promise<number> {
  const { scopes } = await client.request<{ scopes: DebugProtocol.Scope[] }>("scopes", { frameId: (await client.top()).id });
  return scopes[0]!.variablesReference;
}

test(
  "one that was built elsewhere has DWARF with lines of calls only, and says that it cannot stop by them",
  { timeout: buildLimit },
  async () => {
    const built = join(output, "plain.wasm");
    const env = { ...process.env, GOOS: "wasip1", GOARCH: "wasm", GOFLAGS: "-buildvcs=false" };
    execFileSync("go", ["build", "-o", built, "."], { cwd: channels.folder, env });
    const client = connect();
    const line = channels.line("receive");
    const answers = await client.launch({ program: written(built, "elsewhere") }, { breakpoints: { [channels.path()]: [line] } });
    expect(answers[channels.path()]).toEqual([
      expect.objectContaining({ verified: false, message: expect.stringMatching(/without the compiler's listing/) }),
    ]);
    expect(await client.ended()).toBe(3);
  },
);

test("one with optimisations stops in lines", { timeout: buildLimit }, async () => {
  const client = connect();
  const line = channels.line("receive");
  await client.launch({ program: written(channels.folder, "optimized", "--optimized") }, { breakpoints: { [channels.path()]: [line] } });
  await client.stopped();
  expect(await client.top()).toMatchObject({ name: "main.main", line });
  expect(await client.step("next")).toBe(`${line + 1} main.main`);
  await client.setBreakpoints(channels.path(), []);
  await client.continue();
  expect(await client.ended()).toBe(3);
});

test("the body of a loop over a function has its own variables, and says where the others are", { timeout: buildLimit }, async () => {
  const loops = new GoTestProgram("loops");
  const main = loops.path();
  const client = connect();
  await client.launch({ program: written(loops.folder, "loops") }, { breakpoints: { [main]: allMarks(main) } });
  for (let stops = 0; stops < 20; stops++) {
    await client.stopped();
    const { id, name } = await client.top();
    if (!/-range\d+$/.test(name)) {
      await client.continue();
      continue;
    }
    const { Locals = {} } = await client.scopes(id);
    expect(Locals["(variables)"]?.value).toBe("<other variables of the function with this loop are in its own frame>");
    return;
  }
  throw new Error("no stop in the body of a loop over a function");
});
