// Variables of C that are set while the program is stopped: what the program then prints says what they are.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { corpusFile, temporaryFolder } from "../../support/debug-corpus.ts";
import { type DapClient, markedLine } from "../../support/dap-client.ts";

const { connect } = sharedAdapterTests();
const source = corpusFile("c/prog.c");
const folder = temporaryFolder({
  "prog.wasm": readFileSync(corpusFile("c/prog.O0.wasm")),
  "prog.c": readFileSync(source),
});
afterAll(() => folder.remove());

async function stopAt(line: number, program: string, path: string): Promise<{ client: DapClient; frameId: number }> {
  const client = connect();
  await client.launch({ program }, { breakpoints: { [path]: [line] } });
  await client.stopped();
  return { client, frameId: (await client.top()).id };
}

const setIn =
  (client: DapClient, frameId: number) =>
  (expression: string, value: string): Promise<object> =>
    client.request("setExpression", { expression, value, frameId });

test("scalars, pointers, enumerators and elements", async () => {
  const { client, frameId } = await stopAt(markedLine(source, "print"), join(folder.path, "prog.wasm"), join(folder.path, "prog.c"));
  const set = setIn(client, frameId);
  expect(await set("f", "7 * 6")).toEqual({ value: "42", type: "int" });
  await set("big", "-9223372036854775807");
  await set("fl", "0.5");
  await set("s8", "-1");
  await set("grid[1][2]", "f + 1");
  await set("flag", "false");
  expect(await set("r.col", "RED")).toMatchObject({ value: expect.stringContaining("RED") as string });
  expect(await set("r.label", "NULL")).toMatchObject({ value: expect.stringMatching(/^(0x0|NULL|null)/i) as string });
  await expect(set("s8", "300")).rejects.toThrow("300 does not fit into s8, which has 8 bits");
  await expect(set("grid", "1")).rejects.toThrow("cannot be written as a whole; set what is inside of it");
  await expect(set("f + 1", "1")).rejects.toThrow("f + 1 is a result, not a variable: it cannot be set");
  await expect(set("f", "nosuch")).rejects.toThrow('there is no variable "nosuch" here');
  const { Locals: locals = {} } = await client.scopes(frameId);
  const grid = locals["grid"]!.variablesReference;
  const rows = await client.children(grid);
  await client.request("setVariable", { variablesReference: rows[0]!.variablesReference, name: "[0]", value: "5" });
  expect(await client.evaluate("grid[0][0]", frameId)).toBe("5");
  await client.request("continue", { threadId: client.threadId });
  await client.ended();
  const printed = client.output("stdout").trim().split(" ");
  expect([printed[0], printed[5], printed[7], printed[9], printed[10], printed[11]]).toEqual([
    "42",
    "-9223372036854775807",
    "-1",
    "0",
    "0.50",
    "43",
  ]);
});

test("globals of WebAssembly that are exported; the reason for all others", async () => {
  const text = `(module
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (global $code (export "code") (mut i32) (i32.const 1))
    (global $wide (export "wide") (mut i64) (i64.const 1))
    (global $fixed (export "fixed") i32 (i32.const 1))
    (global $own (mut i32) (i32.const 1))
    (func (export "_start") (local $x i32)
      (local.set $x (i32.const 2)) ;;@here
      (call $exit (global.get $code))))
  `;
  const program = join(folder.path, "globals.wat");
  writeFileSync(program, text);
  const { client, frameId } = await stopAt(markedLine(program, "here"), program, program);
  const set = setIn(client, frameId);
  expect(await set("$code", "40 + 2")).toMatchObject({ value: "42" });
  expect(await set("$wide", "-9223372036854775808")).toMatchObject({ value: "-9223372036854775808" });
  await expect(set("$fixed", "2")).rejects.toThrow("$fixed is a constant of the module: it is not mutable");
  await expect(set("$own", "2")).rejects.toThrow("$own is not exported by the module");
  await expect(set("$x", "2")).rejects.toThrow("$x is a local of WebAssembly");
  await client.request("continue", { threadId: client.threadId });
  expect(await client.ended()).toBe(42);
});

test("the console completes variables and members", async () => {
  const { client, frameId } = await stopAt(markedLine(source, "print"), join(folder.path, "prog.wasm"), join(folder.path, "prog.c"));
  const complete = async (text: string): Promise<string[]> => {
    const { targets } = await client.request<{ targets: { label: string }[] }>("completions", { text, column: text.length + 1, frameId });
    return targets.map(({ label }) => label);
  };
  expect(await complete("gri")).toEqual(["grid"]);
  expect(await complete("r.na")).toEqual(["name"]);
  expect(await complete("nosuch.")).toEqual([]);
});
