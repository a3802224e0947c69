// Names and texts out of a module must not speak to the console that shows them; what the program prints itself may.
import { join } from "node:path";
import { SourceMapGenerator } from "source-map";
import { afterAll, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import { temporaryFolder } from "../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();

/** Red, the window's title, a bell, and a line end. */
const evil = "\u001b[31mred\u001b]0;title\u0007\nat";
const shown = "\\x1b[31mred\\x1b]0;title\\x07\\x0aat";
const escapedEvil = String.raw`\1b[31mred\1b]0;title\07\0aat`;

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const leb = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]);
const text = (value: string): number[] => [...leb(Buffer.byteLength(value)), ...Buffer.from(value)];
const section = (id: number, bytes: number[]): number[] => [id, ...leb(bytes.length), ...bytes];

/** Calls its import, which nothing provides, from a function whose name is `evil`. */
function module(custom: number[][]): Uint8Array {
  return Uint8Array.from([
    ...header,
    ...section(1, [1, 0x60, 0, 0]),
    ...section(2, [1, ...text(evil), ...text(evil), 0, 0]),
    ...section(3, [1, 0]),
    ...section(7, [2, ...text("_start"), 0, 1, ...text(evil), 0, 1]),
    ...section(10, [1, 4, 0, 0x10, 0, 0x0b]),
    ...custom.flatMap((bytes) => section(0, bytes)),
  ]);
}

const functionNames = [...text("name"), 1, ...leb(text(evil).length + 2), 1, 1, ...text(evil)];
const mapUrl = (url: string): number[] => [...text("sourceMappingURL"), ...text(url)];

/** The call is in line 2 of a source that is only in the map. */
function map(): string {
  const generator = new SourceMapGenerator();
  const call = Buffer.from(module([])).indexOf(Buffer.from([0x10, 0, 0x0b]));
  generator.addMapping({ generated: { line: 1, column: call }, original: { line: 2, column: 0 }, source: `${evil}.ts` });
  generator.setSourceContent(`${evil}.ts`, "one\ntwo\n");
  return generator.toString();
}

const folder = temporaryFolder({
  "names.wasm": module([functionNames]),
  "mapped.wasm": module([functionNames, mapUrl("mapped.wasm.map")]),
  "mapped.wasm.map": map(),
  "lost.wasm": module([functionNames, mapUrl(`${evil}.map`)]),
  "printing.wat": `(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "${escapedEvil}")
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 100))
    (i32.store (i32.const 4) (i32.const ${evil.length}))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
`,
});
afterAll(() => folder.remove());

/** All that a module can say is shown as text; line ends and tabs are left to sentences. */
function expectReadable(...said: unknown[]): void {
  JSON.stringify(said, (key, value: unknown) => {
    if (typeof value === "string") expect(`${key}: ${value}`).toMatch(/^(?:\P{Cc}|[\t\n])*$/u);
    return value;
  });
}

test.each(["names.wasm", "mapped.wasm"])("in frames, sources, exceptions and what is printed of them: %s", async (program) => {
  const client = connect();
  await client.launch({ program: join(folder.path, program) });
  const stop = await client.stopped();
  expect(stop.text).toBe(`RuntimeError: the program called the import "${shown}" "${shown}", which nothing provides`);
  const frames = await client.stack();
  expect(frames[0]!.name).toContain(shown);
  const info = await client.request("exceptionInfo", { threadId: client.threadId });
  const threads = await client.request("threads");
  const sources = await client.request("loadedSources");
  const unset = await client.setBreakpoints(frames[0]!.source!.path!, [1]);
  expectReadable(stop, frames, info, threads, sources, unset);
  const { sourceReference } = frames[0]!.source!;
  expect(await client.request("source", { sourceReference })).toMatchObject({ content: expect.any(String) as unknown });
  await client.continue();
  await client.ended();
  expect(client.output("stderr")).toContain(shown);
  expectReadable(client.outputs);
});

test("in what is printed of an error without a debugger", async () => {
  const client = connect();
  await client.launch({ program: join(folder.path, "mapped.wasm"), noDebug: true });
  expect(await client.ended()).toBe(1);
  expect(client.output("stderr")).toContain(`at ${shown} (${shown}.ts:2:1)`);
  expectReadable(client.outputs);
});

test("in notes, and in refusals", async () => {
  const client = connect();
  await client.launch({ program: join(folder.path, "lost.wasm") });
  await client.stopped();
  expect(client.output("important")).toContain(`${shown}.map`);
  expectReadable(client.outputs);
  const other = connect();
  await other.initialize();
  const response = await other.raw("launch", { program: join(folder.path, "names.wasm"), invoke: { export: "other" } });
  expect(response.success).toBe(false);
  expect(response.message).toContain(shown);
  expectReadable(response);
});

test("a program's own output is as it prints it", async () => {
  const client = connect();
  await client.launch({ program: join(folder.path, "printing.wat") });
  expect(await client.ended()).toBe(0);
  expect(client.output("stdout")).toBe(evil);
});
