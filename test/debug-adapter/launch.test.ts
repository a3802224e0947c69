import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import { corpusFile, temporaryFolder } from "../support/debug-corpus.ts";

const { connect, start } = sharedAdapterTests();

/** A WASI program by hand: copies its input, its arguments or its environment to its output, and ends with code 3. */
const wasi = (body: string): string => `(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_dir_name" (func $prestat (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 2)
  (func $print (param $address i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $address))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start")
    ${body}
    (call $exit (i32.const 3))))
`;

const folder = temporaryFolder({
  "args.wat": wasi(`(drop (call $args_sizes (i32.const 16) (i32.const 20)))
    (drop (call $args (i32.const 1024) (i32.const 4096)))
    (call $print (i32.const 4096) (i32.load (i32.const 20)))`),
  "env.wat": wasi(`(drop (call $environ_sizes (i32.const 16) (i32.const 20)))
    (drop (call $environ (i32.const 1024) (i32.const 4096)))
    (call $print (i32.const 4096) (i32.load (i32.const 20)))`),
  "cat.wat": wasi(`(i32.store (i32.const 24) (i32.const 4096))
    (i32.store (i32.const 28) (i32.const 100))
    (drop (call $read (i32.const 0) (i32.const 24) (i32.const 1) (i32.const 32)))
    (call $print (i32.const 4096) (i32.load (i32.const 32)))`),
  "flood.wat": wasi(`(local $left i32)
    (local.set $left (i32.const 40))
    (loop $again
      (call $print (i32.const 4096) (i32.const 100000))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))`),
  "reactor.wat": `(module
  (import "env" "memory" (memory 1 4))
  (import "env" "base" (global $base (mut i32)))
  (import "env" "table" (table 2 funcref))
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $ready (i32.const 1)))
  (func (export "ready") (result i32) (global.get $ready))
  (func (export "echo") (param i64 i64 i32 i32 f64 f64 f64 f64 f32 f32) (result i64 i64 i32 i32 f64 f64 f64 f64 f32 f32)
    (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)
    (local.get 5) (local.get 6) (local.get 7) (local.get 8) (local.get 9))
  (func (export "two") (result i32 i64) (i32.const 1) (i64.const -2))
  (func (export "nothing")))
`,
  ".env": "# comment\nA=from file\nB='quoted'\nexport C=1\n",
  "input.txt": "typed",
});
afterAll(() => folder.remove());
const file = (name: string): string => join(folder.path, name);

async function run(launch: object): Promise<{ code: number | undefined; out: string; err: string }> {
  const client = connect();
  await client.launch(launch);
  const code = await client.ended();
  return { code, out: client.output("stdout"), err: client.output("stderr") };
}

describe("WASI", () => {
  test("arguments and the exit code", async () => {
    expect(await run({ program: file("args.wat"), args: ["a b", "ü"] })).toEqual({
      code: 3,
      out: `${file("args.wat")}\0a b\0ü\0`,
      err: "",
    });
  });

  test("the environment is what the launch says and PWD, nothing of the adapter's", async () => {
    const { out } = await run({ program: file("env.wat"), env: { A: "own", C: null, D: "" }, envFile: ".env" });
    expect(out.split("\0").filter(Boolean).sort()).toEqual(["A=own", "B=quoted", "D=", `PWD=${folder.path}`]);
  });

  test("input from a file, and none without one", async () => {
    expect((await run({ program: file("cat.wat"), stdin: "input.txt" })).out).toBe("typed");
    expect(await run({ program: file("cat.wat") })).toEqual({ code: 3, out: "", err: "" });
  });

  test.each([false, true])("a program that prints faster than it is read loses nothing, noDebug %s", async (noDebug) => {
    const { code, out } = await run({ program: file("flood.wat"), noDebug });
    expect({ code, length: out.length }).toEqual({ code: 3, length: 4_000_000 });
  });

  test("without a debugger it prints and exits the same", async () => {
    expect(await run({ program: file("args.wat"), args: ["x"], noDebug: true })).toEqual({
      code: 3,
      out: `${file("args.wat")}\0x\0`,
      err: "",
    });
  });

  test("it prints what Node's own WASI prints", async () => {
    const script = `import { readFileSync } from "node:fs"; import { WASI } from "node:wasi";
      const wasi = new WASI({ version: "preview1", args: ["prog"], returnOnExit: true });
      const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[1]), wasi.getImportObject());
      process.exitCode = wasi.start(instance);`;
    const program = corpusFile("c/prog.O0.wasm");
    const node = spawnSync(process.execPath, ["--no-warnings", "--input-type=module", "-e", script, program], { encoding: "utf8" });
    expect(node.stdout).toContain("rec-one");
    expect(await run({ program })).toEqual({ code: node.status, out: node.stdout, err: "" });
  });
});

describe("invoke", () => {
  const program = file("reactor.wat");
  test.each([
    ["ready", [], "1\n"],
    [
      "echo",
      ["-9007199254740993", "0xffffffffffffffff", 4294967295, "0x10", "nan", "-0", "-inf", 0.1, 0.1, "0x10"],
      "-9007199254740993 -1 -1 16 NaN -0 -Infinity 0.1 0.1 16\n",
    ],
    ["two", [], "1 -2\n"],
    ["nothing", [], ""],
  ])("%s(%j) prints %j", async (name, args, out) => {
    expect(await run({ program, invoke: { export: name, args } })).toEqual({ code: 0, out, err: "" });
  });
});

test("without node on the path, the runtime that the adapter runs on serves", async () => {
  const empty = file("bin");
  mkdirSync(empty);
  const client = start({ ...process.env, PATH: empty });
  await client.launch({ program: corpusFile("c/prog.O0.wasm") }, { breakpoints: { [corpusFile("c/prog.c")]: [33] } });
  await client.stopped();
  await client.continue();
  expect(await client.ended()).toBe(0);
});

test("debuggers that get into every Node process by NODE_OPTIONS do not get into the program's", async () => {
  const client = start({ ...process.env, NODE_OPTIONS: "--no-such-option-of-node" });
  // The adapter itself refuses to start with it; only what it passes on is of interest here.
  expect(await client.raw("initialize")).toMatchObject({ success: false });
  const stray = file("stray.cjs");
  writeFileSync(stray, 'if (process.argv[1]?.endsWith("debuggee.cjs")) process.exit(99);');
  const other = start({ ...process.env, NODE_OPTIONS: `--require=${stray}` });
  await other.launch({ program: file("args.wat") });
  expect(await other.ended()).toBe(3);
});
