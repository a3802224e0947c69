// Kinds of launches of Go: packages, tests, reactors, modules built elsewhere, and what goes wrong with each.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const channels = new GoTestProgram("channels");
const reactor = new GoTestProgram("reactor");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-test-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("tests", () => {
  test("of a package: breakpoints in the test and in what it tests", { timeout: buildLimit }, async () => {
    const client = connect();
    const file = channels.path("pool/pool_test.go");
    const line = channels.line("check", "pool/pool_test.go");
    const send = channels.line("send", "pool/pool.go");
    await client.launch(
      { program: file, args: ["-test.v", "-test.run=^TestDouble$"] },
      { breakpoints: { [file]: [line], [channels.path("pool/pool.go")]: [send] } },
    );
    await client.stopped();
    expect((await client.stack()).slice(0, 2).map(({ name }) => name)).toEqual(["pool.TestDouble", "testing.tRunner"]);
    await client.continue();
    await client.stopped();
    expect(await client.top()).toMatchObject({ name: "pool.Double", line: send });
    expect(await client.evaluate("twice")).toBe("42");
    await client.setBreakpoints(file, []);
    await client.continue();
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toMatch(/one \S+TestDouble[^]*--- PASS: TestDouble/);
  });

  test("a package without any says so", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.initialize();
    await expect(client.request("launch", { mode: "test", program: reactor.folder })).rejects.toThrow(/there are no tests in/);
  });
});

test("a reactor's export is called, waits for a goroutine, and gives its result", { timeout: buildLimit }, async () => {
  const client = connect();
  const main = reactor.path();
  await client.launch(
    { program: reactor.folder, invoke: { export: "twice", args: [21] } },
    { breakpoints: { [main]: [reactor.line("receive"), reactor.line("answer")] } },
  );
  await client.stopped();
  expect((await client.stack()).map(({ name }) => name)).toEqual(["main.twice", "runtime.goexit"]);
  // The directives crash the compiler where it writes debug information; the variables are there all the same.
  expect(await client.evaluate("n")).toBe("21");
  await client.setBreakpoints(main, [reactor.line("return")]);
  expect(await client.step("next")).toBe(`${reactor.line("return")} main.twice`);
  expect(await client.evaluate("result")).toBe("42");
  await client.continue();
  expect(await client.ended()).toBe(0);
  expect(client.output("stdout")).toBe("42\n");
});

describe("a module built elsewhere", () => {
  test("shows functions, stacks and lines of calls, and says why it cannot stop in lines", { timeout: buildLimit }, async () => {
    const file = join(temporaryFolder(), "program.wasm");
    const env = { ...process.env, GOOS: "wasip1", GOARCH: "wasm", GOFLAGS: "-buildvcs=false" };
    execFileSync("go", ["build", "-ldflags=-s -w", "-o", file, "."], { cwd: channels.folder, env });
    const client = connect();
    await client.initialize();
    await client.request("launch", { program: file });
    const [refused] = await client.setBreakpoints(channels.path(), [channels.line("receive")]);
    expect(refused).toMatchObject({ verified: false, message: expect.stringContaining("without the compiler's listing") as unknown });
    const { breakpoints } = await client.request<{ breakpoints: object[] }>("setFunctionBreakpoints", {
      breakpoints: [{ name: "time.Sleep" }],
    });
    expect(breakpoints).toMatchObject([{ verified: true }]);
    await client.request("configurationDone");
    expect(await client.stopped()).toMatchObject({ reason: "function breakpoint" });
    const frames = (await client.stack()).map(({ name, line }) => `${name} ${line}`);
    expect(frames.slice(1, 3)).toEqual([
      `pool.Double ${channels.line("sleep", "pool/pool.go")}`,
      `main.main.gowrap1 ${channels.line("start") + 1}`,
    ]);
    await client.request("setFunctionBreakpoints", { breakpoints: [] });
    await client.continue();
    expect(await client.ended()).toBe(3);
  });

  test.each([
    ["as it is shipped", []],
    ["for a debugger", ["-gcflags=-N -l"]],
  ])("from the sources of the workspace, %s, stops in their lines", { timeout: buildLimit }, async (_how, flags) => {
    const file = join(temporaryFolder(), "program.wasm");
    const env = { ...process.env, GOOS: "wasip1", GOARCH: "wasm", GOFLAGS: "-buildvcs=false" };
    execFileSync("go", ["build", ...flags, "-o", file, "."], { cwd: channels.folder, env });
    const client = connect();
    const receive = channels.line("receive");
    const answers = await client.launch(
      { program: file, workspaceFolders: [channels.folder] },
      { breakpoints: { [channels.path()]: [receive], [channels.path("pool/pool.go")]: [channels.line("send", "pool/pool.go")] } },
    );
    expect(Object.values(answers).flat()).toMatchObject([{ verified: true }, { verified: true }]);
    await client.stopped();
    expect(await client.top()).toMatchObject({ name: "main.main", line: receive });
    await client.continue();
    await client.stopped();
    expect(await client.top()).toMatchObject({ name: "pool.Double", line: channels.line("send", "pool/pool.go") });
    expect(await client.evaluate("1 + 1").catch((error: Error) => error.message)).toMatch(/not built for debugging/);
  });

  test("from sources that were changed since cannot stop in them", { timeout: buildLimit }, async () => {
    const folder = temporaryFolder();
    cpSync(channels.folder, folder, { recursive: true });
    const file = join(folder, "program.wasm");
    const main = join(folder, "main.go");
    const env = { ...process.env, GOOS: "wasip1", GOARCH: "wasm", GOFLAGS: "-buildvcs=false" };
    execFileSync("go", ["build", "-o", file, "."], { cwd: folder, env });
    writeFileSync(main, readFileSync(main, "utf8").replace("range 3", "range 4").replace("in <- 1;", "in <- 7;"));
    const client = connect();
    await client.initialize();
    await client.request("launch", { program: file });
    const [refused] = await client.setBreakpoints(main, [channels.line("receive")]);
    expect(refused).toMatchObject({
      verified: false,
      message: expect.stringContaining("from sources or with flags other than") as unknown,
    });
  });

  test("is read with the version that built it, whatever its folder asks for", { timeout: buildLimit }, async () => {
    // A folder that a module lies in may be anyone's: a version that it names is not fetched for it.
    const folder = temporaryFolder({ "go.mod": "module example.com/other\n\ngo 1.99.9\n" });
    const file = join(folder, "program.wasm");
    const env = { ...process.env, GOOS: "wasip1", GOARCH: "wasm", GOFLAGS: "-buildvcs=false", GOTOOLCHAIN: "go1.24.13" };
    execFileSync("go", ["build", "-o", file, "."], { cwd: channels.folder, env });
    const client = connect();
    await client.initialize();
    await client.request("launch", { program: file });
    await client.request("setFunctionBreakpoints", { breakpoints: [{ name: "time.Sleep" }] });
    await client.request("configurationDone");
    await client.stopped();
    const { threads } = await client.request<{ threads: readonly { name: string }[] }>("threads");
    expect(threads.map(({ name }) => name)).toContain("[Go 1] main.main");
  });
});

describe("what goes wrong", () => {
  const module = "module example.com/broken\n\ngo 1.24\n";

  test("compile errors are shown with absolute names", { timeout: buildLimit }, async () => {
    const folder = temporaryFolder({ "go.mod": module, "main.go": "package main\n\nfunc main() {\n\tvar n int = missing\n\tn()\n}\n" });
    const client = connect();
    await client.initialize();
    const response = await client.raw("launch", { program: folder });
    expect(response.success).toBe(false);
    expect(response.message).toContain(`${folder}/main.go:4:14: undefined: missing`);
    expect(response.message).not.toContain("STEXT");
  });

  test("a package that is no program, and Go that is not there", { timeout: buildLimit }, async () => {
    const client = connect();
    await client.initialize();
    const library = temporaryFolder({ "go.mod": module, "lib.go": "package lib\n" });
    await expect(client.request("launch", { program: library })).rejects.toThrow(/is not "main".*"mode": "test"/);
    const old = temporaryFolder({ go: '#!/bin/sh\ncase "$1" in env) echo \'{"GOVERSION":"go1.22.1","GOROOT":"/go"}\';; esac\n' });
    execFileSync("chmod", ["+x", join(old, "go")]);
    const outdated = connect({ ...process.env, PATH: `${old}:${process.env["PATH"]}` });
    await outdated.initialize();
    await expect(outdated.request("launch", { program: channels.folder })).rejects.toThrow(/Go 1\.24 or later.*go1\.22\.1/);
  });

  test("a build is ended by disconnect", { timeout: buildLimit }, async () => {
    const folder = temporaryFolder({ go: '#!/bin/sh\necho $$ > "$0.pid"\nexec sleep 1000\n' });
    execFileSync("chmod", ["+x", join(folder, "go")]);
    const client = connect({ ...process.env, PATH: `${folder}:${process.env["PATH"]}` });
    await client.initialize();
    const launch = client.raw("launch", { program: channels.folder });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await client.request("disconnect");
    expect(await launch).toMatchObject({ success: false, message: "the launch was cancelled" });
  });
});

test("a program of several modules in a workspace, with tags, built from a copy of its sources", { timeout: buildLimit }, async () => {
  const folder = temporaryFolder({ "go.work": "go 1.24\n\nuse ./channels\n" });
  mkdirSync(join(folder, "channels"));
  cpSync(channels.folder, join(folder, "channels"), { recursive: true });
  const file = join(folder, "channels/pool/pool.go");
  const client = connect();
  const answers = await client.launch(
    { program: join(folder, "channels"), buildFlags: "-tags='one two' -trimpath" },
    { breakpoints: { [file]: [channels.line("twice", "pool/pool.go")] } },
  );
  expect(answers[file]).toMatchObject([{ verified: true }]);
  await client.stopped();
  expect(await client.top()).toMatchObject({ source: { path: file } });
});

test("a reactor without an invocation waits for calls from the debug console", { timeout: buildLimit }, async () => {
  const client = connect();
  const main = reactor.path();
  await client.launch({ program: reactor.folder, buildMode: "c-shared" }, { breakpoints: { [main]: [] } });
  const call = async (expression: string): Promise<string> =>
    (await client.request<{ result: string }>("evaluate", { expression, context: "repl" })).result;
  expect(await call("twice(21)")).toBe("42");
  expect(await call(" twice( 0x10 ) ")).toBe("32");
  await expect(call("twice()")).rejects.toThrow(/has 0 values, but twice\(i32\) -> i32 takes 1/);
  await expect(call("missing(1)")).rejects.toThrow(/does not export/);
  await expect(call("_initialize()")).rejects.toThrow(/has run already/);
  await expect(call("1 + 1")).rejects.toThrow(/waits for calls of its exports, such as/);
  await client.setBreakpoints(main, [reactor.line("return")]);
  const returned = call("twice(4)");
  await client.stopped();
  // Stopped, the text is an expression of the language again.
  expect(await client.evaluate("result * 2")).toBe("16");
  await client.continue();
  expect(await returned).toBe("8");
  // A trap ends the program, as in any other.
  const trapped = client.raw("evaluate", { expression: "noted(1)", context: "repl" });
  expect(await client.stopped()).toMatchObject({ reason: "exception" });
  await client.continue();
  expect(await client.ended()).toBe(1);
  expect(await trapped).toMatchObject({ success: false });
});
