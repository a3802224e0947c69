import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildWatResult, PrintWasmResult } from "#core/contract/messages.ts";
import { Wabt } from "../../server/src/worker/wabt.ts";
import { bundleServer, type ServerBundle } from "../support/server-bundle.ts";

let bundle: ServerBundle;
let wabt: Wabt;
beforeAll(async () => {
  bundle = await bundleServer(["wabt-worker"]);
  wabt = new Wabt(bundle.wabtWorker);
});
afterAll(async () => {
  await wabt.dispose();
  bundle.dispose();
});

/** Builds a text that our own parser, so to speak, finds wrong too. */
function build(text: string): Promise<BuildWatResult> {
  return wabt.buildWat(text, () => false);
}

function printed(module: Uint8Array): Promise<PrintWasmResult> {
  return wabt.printWasm(Buffer.from(module).toString("base64"));
}

/** The text that each error's range covers. */
async function faults(text: string): Promise<{ covered: string; message: string }[]> {
  const { errors, wasm } = await build(text);
  expect(wasm).toBeUndefined();
  const lines = text.split("\n");
  return errors.map(({ line, startCharacter, endCharacter, message }) => ({
    covered: lines[line]!.slice(startCharacter, endCharacter),
    message,
  }));
}

describe("building", () => {
  test("gives a module that runs", async () => {
    const { wasm, errors } = await build(
      `(module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))`,
    );
    expect(errors).toEqual([]);
    const { instance } = await WebAssembly.instantiate(Buffer.from(wasm!, "base64"));
    expect((instance.exports["add"] as (a: number, b: number) => number)(20, 22)).toBe(42);
  });

  test("keeps names for the debugger", async () => {
    const { wasm } = await build(`(module (func $greet (param $whom i32)))`);
    const module = new WebAssembly.Module(Buffer.from(wasm!, "base64"));
    const [names] = WebAssembly.Module.customSections(module, "name");
    expect(Buffer.from(names!).toString("latin1")).toContain("greet");
    expect(Buffer.from(names!).toString("latin1")).toContain("whom");
  });

  test("knows memory64, multiple memories and exceptions", async () => {
    const { errors } = await build(`(module (memory i64 1) (memory 2) (tag $t) (func (throw $t)))`);
    expect(errors).toEqual([]);
  });

  test("keeps non-ASCII strings whole", async () => {
    const { wasm } = await build(`(module (func (export "漢字𝒳")))`);
    expect(WebAssembly.Module.exports(new WebAssembly.Module(Buffer.from(wasm!, "base64")))[0]!.name).toBe("漢字𝒳");
  });
});

describe("errors", () => {
  test("cover the wrong word", async () => {
    expect(await faults("(module\n  (func (call $nowhere)))")).toEqual([
      { covered: "$nowhere", message: 'undefined function variable "$nowhere"' },
    ]);
  });

  test("stand in UTF-16 columns behind characters of two, three and four bytes", async () => {
    const found = await faults(`(module (; é漢𝒳 ;) (func (call $nowhere)))`);
    expect(found.map((fault) => fault.covered)).toEqual(["$nowhere"]);
  });

  test("stand in the right lines of a file with CR LF, and are all told", async () => {
    const found = await faults("(module\r\n  (func (call $a))\r\n  ;; 漢字\r\n  (func (call $b) (; é ;) (call $c)))");
    expect(found.map((fault) => fault.covered)).toEqual(["$a", "$b", "$c"]);
  });

  test("of types are found too", async () => {
    const found = await faults("(module (func (result i32)\n  i64.const 1))");
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toContain("type mismatch");
  });

  test("are cut off at a thousand", async () => {
    const { errors } = await build(`(module ${"(func (call $nowhere))\n".repeat(3000)})`);
    expect(errors).toHaveLength(1000);
  });
});

function nested(depth: number): string {
  return `(module (func ${"block ".repeat(depth)}${"end ".repeat(depth)}))`;
}

describe("what wabt cannot do", () => {
  test("blocks nested 300 deep are given up in time, with the remedy, and the next module is built", async () => {
    const start = Date.now();
    const [deep, next] = await Promise.all([build(nested(300)), build("(module)")]);
    expect(Date.now() - start).toBeLessThan(20_000);
    expect(deep.wasm).toBeUndefined();
    expect(deep.errors[0]!.message).toMatch(/^wabt failed: it gave no answer within 2\.0 s .* nested deeper than about 170 levels/);
    expect(next.errors).toEqual([]);
    expect(next.wasm).toBeDefined();
  });

  test("folded blocks that trap it are told so, and the next module is built", async () => {
    const deep = await build(`(module (func ${"(block ".repeat(400)}${")".repeat(400)}))`);
    expect(deep.errors[0]!.message).toMatch(/^wabt failed: .* nested deeper/);
    const next = await build("(module)");
    expect(next.wasm).toBeDefined();
  });
});

describe("printing", () => {
  test("gives text that builds the same module, with names", async () => {
    const source = `(module (func $twice (export "twice") (param $x i32) (result i32) (i32.mul (local.get $x) (i32.const 2))))`;
    const built = Buffer.from((await build(source)).wasm!, "base64");
    const { text } = await printed(built);
    expect(text).toContain("$twice");
    expect(text).toContain("local.get $x");
    expect(Buffer.from((await build(text!)).wasm!, "base64")).toEqual(built);
  });

  test("says what is wrong with bytes that are no module, or a damaged one", async () => {
    expect((await printed(Buffer.from("hello, world"))).error).toContain("not a WebAssembly module");
    expect((await printed(new Uint8Array())).error).toContain("empty");
    const built = Buffer.from((await build("(module (func (drop (i32.const 1))))")).wasm!, "base64");
    expect((await printed(Buffer.concat([built.subarray(0, 8), Buffer.from([1, 99, 0])]))).error).toContain("error: ");
  });

  test("leaves the names out where the name section is damaged", async () => {
    const built = Buffer.from((await build("(module (func $named))")).wasm!, "base64");
    built[built.indexOf("named") - 1] = 0xff;
    expect((await printed(built)).text).toMatch(/^\(module\s+\(type .*\s+\(func /);
  });
});
