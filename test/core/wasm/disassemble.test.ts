import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import wabtFactory from "wabt";
import { allWabtFeatures } from "../../support/all-wabt-features.ts";
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { ByteWriter } from "#core/bytes/writer.ts";
import { disassembleFunction } from "#core/wasm/disassemble.ts";
import { readModule, type WasmModule } from "#core/wasm/module.ts";

const corpus = (path: string): Uint8Array => {
  const bytes = readFileSync(new URL(`../../corpus/debug/modules/${path}`, import.meta.url));
  return new Uint8Array(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
};
const wabt = await wabtFactory();
const features = allWabtFeatures(wabt);

/** The instructions of every function as wabt lists them, without names and comments. */
function wabtListing(bytes: Uint8Array): string[][] {
  const module = wabt.readWasm(bytes, { readDebugNames: false, ...features });
  const text = module.toText({ foldExprs: false, inlineExport: false });
  module.destroy();
  const functions = text.split(/^ {2}\(func /m).slice(1);
  return functions.map((body) =>
    body
      .split("\n")
      .slice(1)
      .filter((line) => line.startsWith("    ") && !line.startsWith("    (local"))
      .map((line) =>
        normal(
          line.replace(/\)+$/, (closing) =>
            line.includes("(") ? closing.slice(0, count(line, "(") - count(line, ")") + closing.length) : "",
          ),
        ),
      ),
  );
}

const count = (text: string, character: string): number => text.split(character).length - 1;
const normal = (line: string): string =>
  line
    .replace(/\(;.*?;\)|;;.*/g, "")
    .trim()
    .replace(/\s+/g, " ");

/** The same module without its name section. */
function nameless(bytes: Uint8Array): Uint8Array {
  const kept = readModule(bytes).module.sections.filter((section) => section.customName === undefined);
  const writer = new ByteWriter();
  writer.bytes(bytes.subarray(0, 8));
  for (const section of kept) writer.bytes(bytes.subarray(section.header, section.end));
  return writer.finish();
}

const ownListing = (module: WasmModule): string[][] =>
  module.functions
    .filter((func) => func.body)
    .map((func) =>
      disassembleFunction(module, func)
        .filter((line) => line.offset !== undefined && line.text !== ")")
        .map((line) => normal(line.text)),
    );

/** Float constants are compared by value: wabt writes them in hexadecimal. */
const comparable = (line: string): string =>
  /^f(32|64)\.const/.test(line) ? line.replace(/ .*/, "") : line.replace(/^(block|loop|if) .*/, "$1");

describe.each(["c/prog.O0.wasm", "c/prog.O2.wasm", "as/main.debug.wasm", "zig/main.debug.wasm", "rust/mini.debug.wasm.gz"])(
  "%s",
  (path) => {
    test("wabt lists the same instructions", () => {
      const bytes = nameless(corpus(path));
      const ours = ownListing(readModule(bytes).module).map((lines) => lines.map(comparable));
      const theirs = wabtListing(bytes).map((lines) => lines.map(comparable));
      expect(ours.length).toBeGreaterThan(3);
      expect(ours).toEqual(theirs);
    });
  },
);

function listing(text: string, names = true): string {
  const parsed = wabt.parseWat("case.wat", encodeUtf8(text), features);
  const bytes = new Uint8Array(parsed.toBinary({ write_debug_names: names }).buffer);
  parsed.destroy();
  const { module } = readModule(bytes);
  const func = module.functions.find((func) => func.body)!;
  return disassembleFunction(module, func)
    .map((line) => line.text)
    .join("\n");
}

describe("text", () => {
  test("names, labels and memory arguments", () => {
    expect(
      listing(`(module (import "env" "log" (func $log (param i32))) (memory 1) (global $g (mut i64) (i64.const 0))
        (func $f (export "go") (param $x i32) (param i32) (result i32) (local $y f32) (local i64 i64)
          block loop local.get $x br_if 1 br 0 end end
          local.get $x call $log
          local.get $x i32.load offset=4 align=2
          global.get $g drop f32.const 0.1 drop f64.const -nan:0x123 drop f32.const -inf drop))`),
    ).toMatchInlineSnapshot(`
      "(func $f (;1;) (export "go") (type 1) (param $x i32) (param i32) (result i32)
        (local $y f32) (local i64 i64)
        block (;@1;)
          loop (;@2;)
            local.get $x
            br_if 1 (;@1;)
            br 0 (;@2;)
          end
        end
        local.get $x
        call $log
        local.get $x
        i32.load offset=4 align=2
        global.get $g
        drop
        f32.const 0.1
        drop
        f64.const -nan:0x123
        drop
        f32.const -inf
        drop
      )"
    `);
  });

  test("no names", () => {
    expect(listing(`(module (import "env" "log" (func $log)) (func $f (local $x i32) call $log local.get $x drop))`, false))
      .toMatchInlineSnapshot(`
      "(func (;1;) (type 0)
        (local i32)
        call 0 (;env.log;)
        local.get 0
        drop
      )"
    `);
  });
});

test("deep nesting is neither slow nor wide", () => {
  const depth = 100_000;
  const body = new ByteWriter();
  body.u8(0);
  for (let at = 0; at < depth; at++) body.u16(0x4002);
  for (let at = 0; at <= depth; at++) body.u8(0x0b);
  const code = new ByteWriter();
  code.u8(1);
  code.uleb(body.length);
  code.bytes(body.finish());
  const file = new ByteWriter();
  file.bytes(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10]));
  file.uleb(code.length);
  file.bytes(code.finish());
  const { module, problems } = readModule(file.finish());
  expect(problems).toEqual([]);
  const lines = disassembleFunction(module, module.functions[0]!);
  expect(lines).toHaveLength(2 * depth + 2);
  expect(lines.every((line) => line.text.length < 100)).toBe(true);
});

test("damaged code is told at its place", () => {
  const bytes = corpus("c/prog.O0.wasm").slice();
  const { module } = readModule(bytes);
  const func = module.functions.find((func) => func.body && func.body.end - func.body.start > 40)!;
  bytes[func.body!.end - 1] = 0xff;
  const text = disassembleFunction(module, func)
    .map((line) => line.text)
    .join("\n");
  expect(text).toMatch(/;; the code is damaged at offset 0x[0-9a-f]+: unknown opcode 0xff\n\)$/);
});
