import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import wabtFactory from "wabt";
import { ByteReader } from "#core/bytes/reader.ts";
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { ByteWriter } from "#core/bytes/writer.ts";
import { disassembleFunction } from "#core/wasm/disassemble.ts";
import { f32Text, f64Text } from "#core/wasm/disassemble/numbers.ts";
import { functionName } from "#core/wasm/function-name.ts";
import { readModule } from "#core/wasm/module.ts";

const original = new Uint8Array(readFileSync(new URL("../../corpus/debug/modules/as/main.debug.wasm", import.meta.url)));

test("a module with any bytes changed is read and listed without a throw", () => {
  const change = fc.record({ at: fc.nat(original.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = original.slice();
      for (const { at, byte } of changes) bytes[at] = byte;
      const { module } = readModule(bytes);
      for (const func of module.functions.slice(0, 40)) {
        const lines = disassembleFunction(module, func);
        expect(lines.at(-1)!.text).toBe(")");
        expect(functionName(module, func)).toBeTypeOf("string");
      }
    }),
    { numRuns: 150 },
  );
});

test("float constants read back to the same bits", async () => {
  const bits = fc.sample(fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }), { numRuns: 300, seed: 1 });
  const special = [0n, 1n << 63n, 0x7ff0n << 48n, 0xfff8n << 48n, (0x7ff0n << 48n) | 5n, 1n, 0x000f_ffff_ffff_ffffn];
  const wanted = new ByteWriter();
  const words: string[] = [];
  for (const value of [...bits, ...special]) {
    const wide = new ByteWriter();
    wide.u64(value);
    words.push(`f64.const ${f64Text(new ByteReader(wide.finish()))} drop`);
    wanted.u8(0x44);
    wanted.u64(value);
    wanted.u8(0x1a);
    const narrow = new ByteWriter();
    narrow.u32(Number(value >> 32n));
    words.push(`f32.const ${f32Text(new ByteReader(narrow.finish()))} drop`);
    wanted.u8(0x43);
    wanted.u32(Number(value >> 32n));
    wanted.u8(0x1a);
  }
  const parsed = (await wabtFactory()).parseWat("floats.wat", encodeUtf8(`(module (func ${words.join(" ")}))`));
  const bytes = Buffer.from(parsed.toBinary({}).buffer);
  parsed.destroy();
  expect(bytes.includes(Buffer.from(wanted.finish()))).toBe(true);
});
