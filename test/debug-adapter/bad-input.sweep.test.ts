import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import { corpusFile, temporaryFolder } from "../support/debug-corpus.ts";

const { connect, start } = sharedAdapterTests();
const good = readFileSync(corpusFile("c/prog.O0.wasm"));
const folder = temporaryFolder({
  "truncated.wasm": good.subarray(0, 3000),
  "header.wasm": good.subarray(0, 6),
  "empty.wasm": "",
  "text.wasm": "(module)",
  "component.wasm": Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0),
  "invalid.wasm": damaged(good, "code", (bytes, at) => bytes.fill(0xff, at + 40, at + 80)),
  "dwarf.wasm": damaged(good, ".debug_info", (bytes, at) => bytes.fill(0xff, at, at + 400)),
  "lines.wasm": damaged(good, ".debug_line", (bytes, at) => bytes.fill(0xff, at, at + 64)),
  "wrong.wat": '(module\n  (func (export "f")\n    (i32.add $nothing)))\n',
  "unknown.wat": '(module\n  (func (export "f")\n    (call $nothing)))\n',
  "types.wat": '\ufeff(module\n  (func (export "f") (result i32)\n    (i64.const 1)))\n',
  "library.wat": '(module (func (export "add") (param i32 i64) (result i32) (local.get 0)))',
});
afterAll(() => folder.remove());
const file = (name: string): string => `${folder.path}/${name}`;

const refused: [string, object, RegExp][] = [
  ["a truncated module", { program: file("truncated.wasm") }, /V8 refuses the module|ends|cut|truncated/],
  ["a cut header", { program: file("header.wasm") }, /the file ends within the first 8 bytes/],
  ["an empty file", { program: file("empty.wasm") }, /the file is empty.*build it again/],
  ["text in a .wasm", { program: file("text.wasm") }, /WebAssembly text.*\.wat/],
  ["a component", { program: file("component.wasm") }, /component.*core module/],
  ["invalid code", { program: file("invalid.wasm") }, /V8 refuses the module: Compiling function/],
  ["a missing file", { program: file("nothing.wasm") }, /nothing\.wasm does not exist; build it first/],
  ["a folder", { program: folder.path }, /is a folder without Go files; name a \.wasm or \.wat file/],
  ["no program", {}, /"program" is missing/],
  ["a program of the wrong type", { program: 7 }, /"program" must be a string/],
  ["arguments of the wrong type", { program: file("library.wat"), args: "x" }, /"args" must be an array/],
  ["an unknown export", { program: file("library.wat"), invoke: { export: "sub" } }, /"sub".*It exports: add\(i32, i64\) -> i32/],
  ["nothing to run", { program: file("library.wat") }, /no "_start".*"invoke".*It exports: add\(i32, i64\) -> i32/],
  ["too few arguments of an export", { program: file("library.wat"), invoke: { export: "add", args: [1] } }, /has 1 values.*takes 2/],
  ["an argument out of range", { program: file("library.wat"), invoke: { export: "add", args: [2 ** 33, "1"] } }, /"8589934592" is no i32/],
  ["a syntax error in text", { program: file("wrong.wat") }, /wrong\.wat:3:\d+: /],
  ["an unknown name in text", { program: file("unknown.wat") }, /unknown\.wat:3:11: .*\$nothing/],
  ["a wrong type in text with a byte order mark", { program: file("types.wat") }, /types\.wat:3:\d+: .*i32.*i64/],
  ["a missing working directory", { program: corpusFile("c/prog.O0.wasm"), cwd: "/no/such/folder" }, /"cwd".*is no folder/],
  ["a missing input file", { program: corpusFile("c/prog.O0.wasm"), stdin: "nothing.txt" }, /"stdin".*is no file/],
  ["a preopen that is no folder", { program: corpusFile("c/prog.O0.wasm"), preopens: { "/x": "/no/such" } }, /"preopens".*no folder/],
  ["a missing runtime", { program: corpusFile("c/prog.O0.wasm"), runtimeExecutable: "/no/such/node" }, /"runtimeExecutable".*Node\.js 20/],
  ["a runtime that is none", { program: corpusFile("c/prog.O0.wasm"), runtimeExecutable: "/bin/true" }, /does not answer like Node\.js/],
  ["an unknown host", { program: corpusFile("c/prog.O0.wasm"), host: "host.mjs" }, /"host" must be/],
];

test.each(refused)("%s: the message names problem and remedy, and the adapter goes on", async (_, args, message) => {
  const client = connect();
  await client.initialize();
  const response = await client.raw("launch", args);
  expect(response).toMatchObject({ success: false });
  expect(response.message).toMatch(message);
  // The same adapter still starts what can be started.
  await client.launch({ program: file("library.wat"), invoke: { export: "add", args: [7, "1"] } });
  expect(await client.ended()).toBe(0);
  expect(client.output("stdout")).toContain("7");
});

test.each([
  ["dwarf.wasm", "information on variables"],
  ["lines.wasm", "the line table"],
])("%s, where %s is damaged, runs, and the user is told", async (name) => {
  const client = connect();
  const path = corpusFile("c/prog.c");
  await client.launch({ program: file(name) }, { breakpoints: { [path]: [33] } });
  expect(client.output("important")).toMatch(/debug_(info|line)/);
  if ((await client.event("stopped", "terminated")).event === "stopped") await client.continue();
  expect(client.output("stdout") || (await client.outputMatching("stdout", /120 19 461/))).toContain("120 19 461");
});

test("a module that V8 refuses is told without a debugger, too", async () => {
  const client = connect();
  await client.launch({ program: file("invalid.wasm"), noDebug: true });
  expect(await client.ended()).toBe(1);
  expect(client.output("important")).toContain("V8 refuses the module");
});

test("a client that gives up while the program is being started gets its answer, and may start another", async () => {
  const client = connect();
  await client.initialize();
  const launched = client.raw("launch", { program: corpusFile("c/prog.O0.wasm") });
  expect(await client.raw("disconnect")).toMatchObject({ success: true });
  expect(await launched).toMatchObject({ success: false, message: "the launch was cancelled", body: { error: { showUser: false } } });
  await client.launch({ program: corpusFile("c/prog.O0.wasm") });
  expect(await client.ended()).toBe(0);
});

test("a message that is no JSON, an unknown request, and requests out of turn do not end the adapter", async () => {
  const client = start();
  client.process.stdin.write("Content-Length: 5\r\n\r\n{nope");
  expect(await client.raw("fly")).toMatchObject({ success: false, message: 'the request "fly" is not supported' });
  for (const command of ["next", "stackTrace", "continue", "setBreakpoints", "configurationDone"]) {
    expect(await client.raw(command, { threadId: 1, source: { path: "x" } })).toMatchObject({ success: false });
  }
  expect(await client.raw("threads")).toMatchObject({ success: true, body: { threads: [] } });
  await client.initialize();
});

/** A copy of a module in which the contents of one section are changed. */
function damaged(module: Buffer, section: string, damage: (bytes: Buffer, at: number) => void): Buffer {
  const bytes = Buffer.from(module);
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at]!;
    const [size, start] = leb(bytes, at + 1);
    const [nameLength, nameStart] = leb(bytes, start);
    const name = id === 0 ? bytes.toString("latin1", nameStart, nameStart + nameLength) : id === 10 ? "code" : "";
    if (name === section) damage(bytes, id === 0 ? nameStart + nameLength : start);
    at = start + size;
  }
  return bytes;
}

function leb(bytes: Buffer, from: number): [value: number, end: number] {
  let value = 0;
  for (let at = from, shift = 0; ; at++, shift += 7) {
    value |= (bytes[at]! & 0x7f) << shift;
    if (bytes[at]! < 0x80) return [value, at + 1];
  }
}
