import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ByteReader } from "#core/bytes/reader.ts";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { corpusFile, temporaryFolder, unpacked } from "../../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const modules = ["panics.unknown", "panics.wasi", "aborts", "throws"];
const folder = temporaryFolder({
  ...Object.fromEntries(modules.map((name) => [`${name}.wasm`, unpacked(`panics/${name}.wasm.gz`)])),
  "tinygo.wasm": unpacked("tinygo/main.opt0.wasm.gz"),
  "tinygo-panics.wasm": unpacked("panics/tinygo/panics.opt0.wasm.gz"),
});
afterAll(() => folder.remove());

const cwd = corpusFile("panics");
const filters = ["trap", "abort", "unrecovered-panic"];

/** 1-based line of a source that has this text. */
function lineOf(source: string, text: string): number {
  const line = readFileSync(corpusFile(source), "utf8")
    .split("\n")
    .findIndex((candidate) => candidate.includes(text));
  return line + 1;
}

/** The frame that VS Code shows at an error: the innermost one that is not set back. */
async function shownFrame(client: DapClient): Promise<{ readonly line: number; readonly name: string | undefined }> {
  const frames = await client.stack();
  const frame = frames.find(({ source, presentationHint }) => source?.presentationHint !== "deemphasize" && presentationHint !== "subtle");
  return { line: frame?.line ?? 0, name: frame?.source?.name };
}

/** The module without its `name` section; sections are a byte, their size and their contents. */
function withoutNames(bytes: Uint8Array): Uint8Array {
  const kept = [bytes.subarray(0, 8)];
  const reader = new ByteReader(bytes, 8);
  while (!reader.atEnd) {
    const start = reader.position;
    const id = reader.u8();
    const end = reader.uleb() + reader.position;
    const isName = id === 0 && new TextDecoder().decode(bytes.subarray(reader.position + 1, reader.position + 5)) === "name";
    if (!isName) kept.push(bytes.subarray(start, end));
    reader.position = end;
  }
  return Buffer.concat(kept);
}

interface Case {
  readonly name: string;
  readonly launch: object;
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly line: string;
}

/** Number of a kind of failure in `run`, its message as the native program prints it, and its line. */
const rust = [
  [0, "plain text", "plain text"],
  [1, "the answer is 3", "the answer is"],
  [2, "index out of bounds: the len is 3 but the index is 3", '"index" =>'],
  [3, "called `Option::unwrap()` on a `None` value", '"unwrap" =>'],
  [4, "a number: ParseIntError { kind: InvalidDigit }", '"expect" =>'],
  [5, "attempt to add with overflow", '"overflow" =>'],
] as const;

const cases: readonly Case[] = [
  ...rust.map(([kind, text, line]) => ({
    name: `Rust: ${text}`,
    launch: { program: `${folder.path}/panics.unknown.wasm`, cwd, invoke: { export: "run", args: [kind] } },
    id: "panic",
    text,
    source: "panics/panics.rs",
    line,
  })),
  {
    name: "a panic in Rust whose value is no text",
    launch: { program: `${folder.path}/panics.unknown.wasm`, cwd, invoke: { export: "run", args: [7] } },
    id: "panic",
    text: "panic",
    source: "panics/panics.rs",
    line: "panic_any",
  },
  {
    name: "abort in C",
    launch: { program: `${folder.path}/aborts.wasm`, cwd, args: ["abort"] },
    id: "abort",
    text: "abort",
    source: "panics/aborts.c",
    line: "abort();",
  },
  {
    name: "a failed assertion in C",
    launch: { program: `${folder.path}/aborts.wasm`, cwd, args: ["assert"] },
    id: "assertion failed",
    text: 'value > 3 && "too small" (aborts.c:5, check)',
    source: "panics/aborts.c",
    line: "assert(value",
  },
  {
    name: "std::terminate",
    launch: { program: `${folder.path}/throws.wasm`, cwd, args: ["terminate"] },
    id: "std::terminate",
    text: "std::terminate",
    source: "panics/throws.cpp",
    line: "std::terminate();",
  },
  {
    name: "an exception in C++ that is built without exceptions",
    launch: { program: `${folder.path}/throws.wasm`, cwd, args: ["at"] },
    id: "abort",
    text: 'out_of_range was thrown in -fno-exceptions mode with message "vector"',
    source: "panics/throws.cpp",
    line: "v.at(",
  },
  {
    name: "a panic in Zig",
    launch: { program: corpusFile("zig/main.debug.wasm"), invoke: { export: "crash", args: [9] } },
    id: "panic",
    text: "index out of bounds: index 12, len 5",
    source: "zig/main.zig",
    line: "//@index",
  },
  {
    name: "a panic in TinyGo",
    launch: { program: `${folder.path}/tinygo.wasm`, cwd: corpusFile("tinygo"), args: ["a"] },
    id: "panic",
    text: "runtime error: index out of range",
    source: "tinygo/main.go",
    line: "//@index",
  },
  {
    name: "abort in AssemblyScript",
    launch: { program: corpusFile("as/main.debug.wasm"), invoke: { export: "crash", args: [9] } },
    id: "abort",
    text: "abort: Index out of range at ~lib/array.ts:114:42",
    source: "as/main.ts",
    line: "//@index",
  },
];

test.each(cases)("stops once, at the line of the user: $name", async ({ launch, id, text, source, line }) => {
  const client = connect();
  await client.launch(launch, { filters });
  expect(await client.stopped()).toMatchObject({ reason: "exception", text });
  expect(await shownFrame(client)).toEqual({ line: lineOf(source, line), name: source.replace(/.*\//, "") });
  expect(await client.request("exceptionInfo", { threadId: 1 })).toMatchObject({ exceptionId: id, description: text });
  await client.continue();
  expect(await client.ended()).toBeGreaterThan(0);
});

describe("a module that has lost its names, by its debug information", () => {
  // The function of the C++ library that has the message has no debug information; `abort` of the C library, which it calls, has.
  const fewer: Readonly<Record<string, string>> = {
    "an exception in C++ that is built without exceptions": "abort",
    "std::terminate": "abort",
  };

  test.each(cases)("stops as with names: $name", async ({ name, launch, id, text, source, line }) => {
    const { program } = launch as { program: string };
    const nameless = `${folder.path}/nameless-${basename(program)}`;
    writeFileSync(nameless, withoutNames(readFileSync(program)));
    if (existsSync(`${program}.map`)) copyFileSync(`${program}.map`, `${folder.path}/${basename(program)}.map`);
    const client = connect();
    await client.launch({ cwd: corpusFile(dirname(source)), ...launch, program: nameless }, { filters });
    expect(await client.stopped()).toMatchObject({ reason: "exception", text: fewer[name] ?? text });
    expect(await shownFrame(client)).toEqual({ line: lineOf(source, line), name: basename(source) });
    const info = { exceptionId: fewer[name] ?? id, description: fewer[name] ?? text };
    expect(await client.request("exceptionInfo", { threadId: 1 })).toMatchObject(info);
    await client.continue();
    expect(await client.ended()).toBeGreaterThan(0);
  });
});

describe("a module without debug information", () => {
  test.each(["text", "format", "index", "unwrap", "expect"])("has the message that the program prints itself: %s", async (kind) => {
    const client = connect();
    await client.launch({ program: `${folder.path}/panics.wasi.wasm`, args: [kind] }, { filters });
    const { text } = await client.stopped();
    await client.continue();
    await client.ended();
    const printed = /panicked at .*:\n(.*)\n/.exec(client.output("stderr"))?.[1];
    expect(printed).toBeDefined();
    expect(text).toBe(printed);
  });

  test("stops at an abort that is no panic", async () => {
    const client = connect();
    await client.launch({ program: `${folder.path}/panics.wasi.wasm`, args: ["abort"] }, { filters });
    expect(await client.stopped()).toMatchObject({ text: "abort" });
  });
});

describe("TinyGo", () => {
  const launch = { program: `${folder.path}/tinygo-panics.wasm`, cwd: corpusFile("panics/tinygo") };

  test.each(["text", "number", "error", "nil", "map", "divide"])("has the message that the program prints itself: %s", async (kind) => {
    const client = connect();
    await client.launch({ ...launch, args: [kind] }, { filters });
    const { text } = await client.stopped();
    expect((await shownFrame(client)).name).toBe("main.go");
    await client.continue();
    await client.ended();
    // Texts stand in quotes, as in Go.
    expect(`panic: ${text?.replaceAll('"', "")}\n`).toBe(client.output("stdout").replaceAll("\r", ""));
  });

  test("a value of a type with a name, of which the program prints no more than where the type is", async () => {
    const client = connect();
    await client.launch({ ...launch, args: ["named"] }, { filters });
    expect(await client.stopped()).toMatchObject({ reason: "exception", text: "7" });
    expect(await shownFrame(client)).toEqual({ line: lineOf("panics/tinygo/main.go", "//@named"), name: "main.go" });
  });
});

test("a script that goes on after a panic stops at the next one, and once at each", async () => {
  const host = `${folder.path}/host.cjs`;
  writeFileSync(
    host,
    `const { readFileSync } = require("node:fs");
const compiled = new WebAssembly.Module(readFileSync(${JSON.stringify(`${folder.path}/panics.unknown.wasm`)}));
for (const kind of [0, 1, 1]) {
  const { exports } = new WebAssembly.Instance(compiled, {});
  try { exports.run(kind); } catch (error) { console.log("caught", error.message); }
}
`,
  );
  const client = connect();
  await client.launch({ host, cwd }, { filters });
  const texts: (string | undefined)[] = [];
  for (let count = 0; count < 3; count++) {
    texts.push((await client.stopped()).text);
    await client.continue();
  }
  expect(texts).toEqual(["plain text", "the answer is 3", "the answer is 3"]);
  expect(await client.ended()).toBe(0);
  expect(client.output("stdout")).toBe("caught unreachable\n".repeat(3));
});

describe("what is not asked for", () => {
  const abort = { program: `${folder.path}/aborts.wasm`, cwd, args: ["abort"] };

  test("is passed", async () => {
    const client = connect();
    await client.launch(abort, { filters: [] });
    expect(await client.ended()).toBe(1);
  });

  test("still ends in a trap", async () => {
    const client = connect();
    await client.launch(abort, { filters: ["trap"] });
    expect(await client.stopped()).toMatchObject({ text: "RuntimeError: unreachable" });
  });
});

test("what a message of the program has written into memory is put back", async () => {
  const client = connect();
  await client.launch({ program: `${folder.path}/panics.unknown.wasm`, cwd, invoke: { export: "run", args: [1] } }, { filters });
  expect((await client.stopped()).text).toBe("the answer is 3");
  const { data } = await client.request<{ data: string }>("readMemory", { memoryReference: "0x0", count: 64 });
  expect(Buffer.from(data, "base64")).toEqual(Buffer.alloc(64));
});
