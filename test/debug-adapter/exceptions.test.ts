import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import { corpusFile, expectation, temporaryFolder, unpacked } from "../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const folder = temporaryFolder({
  "mini.wasm": unpacked("rust/mini.debug.wasm.gz"),
  "more.wat": `(module
  (import "elsewhere" "log" (func $log (param i32)))
  (func $deep (export "deep") (param $n i32) (result i32)
    (i32.add
      (call $deep (local.get $n))
      (i32.const 1)))
  (func (export "missing")
    (call $log (i32.const 7))))
`,
});
afterAll(() => folder.remove());

interface Trap {
  readonly name: string;
  readonly launch: object;
  readonly expect: string;
  readonly marker: string;
  readonly text: RegExp;
}

const as = corpusFile("as/main.debug.wasm");
const zig = corpusFile("zig/main.debug.wasm");
const rust = { program: `${folder.path}/mini.wasm`, cwd: corpusFile("rust") };
const crash = { invoke: { export: "crash", args: [9] } };
const trap = { invoke: { export: "trap" } };

const traps: readonly Trap[] = [
  ...(["c/prog.O0.wasm", "c/prog.dwarf5.wasm", "c/prog.O2.wasm"].flatMap((module) => [
    {
      name: `division in ${module}`,
      launch: { program: corpusFile(module), args: ["1"] },
      expect: "c.prog.c",
      marker: "div",
      text: /divide by zero/,
    },
    {
      name: `access in ${module}`,
      launch: { program: corpusFile(module), args: ["2"] },
      expect: "c.prog.c",
      marker: "oob",
      text: /out of bounds/,
    },
    {
      name: `trap in ${module}`,
      launch: { program: corpusFile(module), args: ["3"] },
      expect: "c.prog.c",
      marker: "trap",
      text: /unreachable/,
    },
  ]) satisfies Trap[]),
  {
    name: "abort in AssemblyScript",
    launch: { program: as, ...crash },
    expect: "as.main.ts",
    marker: "index",
    text: /abort: Index out of range/,
  },
  { name: "unreachable in AssemblyScript", launch: { program: as, ...trap }, expect: "as.main.ts", marker: "trap", text: /unreachable/ },
  { name: "unreachable in Zig", launch: { program: zig, ...trap }, expect: "zig.main.zig", marker: "trap", text: /unreachable/ },
  { name: "unreachable in Rust", launch: { ...rust, ...trap }, expect: "rust.mini.rs", marker: "trap", text: /unreachable/ },
];

test.each(traps)("stops where it happens: $name", async ({ launch, expect: file, marker, text }) => {
  const { source, markers } = expectation(file);
  const client = connect();
  await client.launch(launch);
  const stop = await client.stopped();
  expect(stop).toMatchObject({ reason: "exception" });
  expect(stop.text).toMatch(text);
  const frame = (await client.stack()).find(({ source: found }) => found?.path === corpusFile(source));
  expect(frame).toMatchObject({ line: markers[marker] });
  expect(await client.request("exceptionInfo", { threadId: 1 })).toMatchObject({
    exceptionId: marker === "index" ? "abort" : "trap",
    breakMode: "unhandled",
  });
  await client.continue();
  expect(await client.ended()).toBe(1);
  expect(client.output("stderr")).toMatch(text);
  expect(client.output("stderr")).toContain(`${corpusFile(source)}:${markers[marker]}`);
});

test("the values of a frame that has accessed memory out of bounds are right", async () => {
  const client = connect();
  await client.launch({ program: corpusFile("c/prog.O0.wasm"), args: ["2"] });
  await client.stopped();
  expect(await client.evaluate("p")).toBe("0x7fffffff");
  expect(await client.evaluate("kind")).toBe("2");
});

describe("without the filter", () => {
  test("a trap ends the program, and its text has source positions", async () => {
    const client = connect();
    await client.launch({ program: corpusFile("c/prog.O0.wasm"), args: ["1"] }, { filters: [] });
    expect(await client.ended()).toBe(1);
    expect(client.output("stderr")).toContain(`RuntimeError: divide by zero\n    at fail (${corpusFile("c/prog.c")}:69:`);
    expect(client.output("stderr")).not.toContain("debugger");
  });
});

test("a stack overflow, which V8 does not stop at, is shown with its frames", async () => {
  const client = connect();
  await client.launch({ program: `${folder.path}/more.wat`, invoke: { export: "deep", args: [1] } });
  expect(await client.stopped()).toMatchObject({ reason: "exception", text: "RangeError: Maximum call stack size exceeded" });
  const frames = await client.stack(10);
  expect(frames.map((frame) => frame.name)).toEqual(Array(10).fill("$deep"));
  expect(frames[1]).toMatchObject({ line: 5, source: { path: `${folder.path}/more.wat` } });
  expect(await client.scopes(frames[1]!.id)).toEqual({});
  await expect(client.evaluate("$n", frames[1]!.id)).rejects.toThrow("unwound");
  await client.continue();
  expect(await client.ended()).toBe(1);
});

test("a call of an import that nothing provides names it", async () => {
  const client = connect();
  await client.launch({ program: `${folder.path}/more.wat`, invoke: { export: "missing" } });
  expect((await client.stopped()).text).toContain('the import "elsewhere" "log"');
  expect(await client.top()).toMatchObject({ line: 8 });
});

describe("without a debugger", () => {
  test("a trap is printed with the places in the sources of what has called it", async () => {
    const { source, markers } = expectation("c.prog.c");
    const client = connect();
    await client.launch({ program: corpusFile("c/prog.O0.wasm"), args: ["1"], noDebug: true });
    expect(await client.ended()).toBe(1);
    expect(client.output("stderr")).toMatch(/^RuntimeError: divide by zero\n/);
    expect(client.output("stderr")).toContain(`${corpusFile(source)}:${markers["div"]}:`);
  });

  test("a stack overflow, too", async () => {
    const client = connect();
    await client.launch({ program: `${folder.path}/more.wat`, invoke: { export: "deep", args: [1] }, noDebug: true });
    expect(await client.ended()).toBe(1);
    expect(client.output("stderr")).toMatch(/^RangeError: Maximum call stack size exceeded\n {4}at .*deep.*more\.wat:5:\d+\)\n/);
  });
});
