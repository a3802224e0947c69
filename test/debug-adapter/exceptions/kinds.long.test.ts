import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import wabt from "wabt";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { temporaryFolder } from "../../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const text = `(module
  (import "host" "fail" (func $fail))
  (type $unary (func (param i32) (result i32)))
  (table $table 4 funcref)
  (memory 1)
  (global $zero (mut i32) (i32.const 0))
  (func $none)
  (elem (i32.const 1) $none)
  (func (export "divide") (result i32)
    (i32.div_u (i32.const 1) (global.get $zero)))
  (func (export "remainder") (result i32)
    (i32.rem_s (i32.const 1) (global.get $zero)))
  (func (export "overflow") (result i32)
    (i32.div_s (i32.const 0x80000000) (i32.sub (global.get $zero) (i32.const 1))))
  (func (export "convert") (result i32)
    (i32.trunc_f64_s (f64.const 1e20)))
  (func (export "load") (result i32)
    (i32.load (i32.const 65535)))
  (func (export "store")
    (i64.store (i32.const -8) (i64.const 1)))
  (func (export "missing") (result i32)
    (call_indirect (type $unary) (i32.const 1) (i32.const 2)))
  (func (export "wrong") (result i32)
    (call_indirect (type $unary) (i32.const 1) (i32.const 1)))
  (func (export "behind") (result i32)
    (call_indirect (type $unary) (i32.const 1) (i32.const 9)))
  (func (export "unreachable")
    (unreachable))
  (func (export "call")
    (call $fail))
)
`;
const traps = ["divide", "remainder", "overflow", "convert", "load", "store", "missing", "wrong", "behind", "unreachable"];
const folder = temporaryFolder({ "traps.wat": text });
afterAll(() => folder.remove());
const path = join(folder.path, "traps.wat");

async function encoded(): Promise<Uint8Array<ArrayBuffer>> {
  const tools = await wabt();
  return Uint8Array.from(tools.parseWat("traps.wat", text).toBinary({}).buffer);
}

/** What the engine says by itself. */
async function messageOf(name: string): Promise<string> {
  const { instance } = await WebAssembly.instantiate(await encoded(), { host: { fail: () => undefined } });
  try {
    (instance.exports[name] as () => unknown)();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${name} does not trap`);
}

test.each(traps)("a trap stops where it happens, with the engine's word for it: %s", async (name) => {
  const client = connect();
  await client.launch({ program: path, host: "none", invoke: { export: name } });
  expect(await client.stopped()).toMatchObject({ reason: "exception", text: `RuntimeError: ${await messageOf(name)}` });
  const line = text.split("\n").findIndex((candidate) => candidate.includes(`(export "${name}")`)) + 2;
  expect(await client.top()).toMatchObject({ line, source: { path } });
});

const script = (caught: boolean): string => `const { readFileSync } = require("node:fs");
const fail = () => { throw new TypeError("of the host"); };
const program = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(process.argv[2])), { host: { fail } }).exports;
${caught ? 'try { program.call(); } catch { console.log("caught"); }' : "program.call();"}
`;

describe("errors of JavaScript", () => {
  const host = join(folder.path, "host.cjs");
  async function launched(caught: boolean, filters: readonly string[]): Promise<ReturnType<typeof connect>> {
    writeFileSync(join(folder.path, "traps.wasm"), await encoded());
    writeFileSync(host, script(caught));
    const client = connect();
    await client.launch({ program: join(folder.path, "traps.wasm"), host }, { filters });
    return client;
  }

  test("that nothing catches stop where they are thrown, with the module below", async () => {
    const client = await launched(false, ["uncaught"]);
    expect(await client.stopped()).toMatchObject({ reason: "exception", text: "TypeError: of the host" });
    const frames = await client.stack();
    expect(frames[0]).toMatchObject({
      name: "fail",
      line:
        readFileSync(host, "utf8")
          .split("\n")
          .findIndex((line) => line.includes("TypeError")) + 1,
    });
    expect(frames.length).toBeGreaterThan(1);
    expect(await client.request("exceptionInfo", { threadId: 1 })).toMatchObject({
      exceptionId: "TypeError",
      details: { message: "of the host" },
    });
    await client.continue();
    expect(await client.ended()).toBe(1);
  });

  test.each([
    ["that are caught", true, ["uncaught", "trap"], 0],
    ["that are not asked for", false, ["trap"], 1],
  ] as const)("%s do not stop", async (_, caught, filters, code) => {
    const client = await launched(caught, filters);
    expect(await client.ended()).toBe(code);
  });
});
