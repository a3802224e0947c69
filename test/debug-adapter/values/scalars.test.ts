import { expect, test } from "vitest";
import { assert, float, property } from "fast-check";
import { float32Text, floatText, integerOf, scalarText } from "../../../debug-adapter/src/values/scalars.ts";
import { quotedCharacter, quotedText } from "../../../debug-adapter/src/values/text.ts";
import { formatValue } from "../../../debug-adapter/src/values/format.ts";
import type { Language, Variable } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import type { WasmValue } from "../../../debug-adapter/src/engine/engine.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

test("a 32-bit float is as short as it can be and reads back as itself", () => {
  expect([0.1, 1.5, 1e-7, 16777216, 3.4028234663852886e38].map((value) => float32Text(Math.fround(value)))).toEqual([
    "0.1",
    "1.5",
    "1e-7",
    "16777216",
    "3.4028235e+38",
  ]);
  assert(property(float({ noNaN: true, noDefaultInfinity: true }), (value) => Object.is(Math.fround(Number(float32Text(value))), value)));
});

test("floating-point numbers of every size", () => {
  expect(floatText(bytes(0x00, 0x3e))).toBe("1.5");
  expect(floatText(new Uint8Array(new Float64Array([-0]).buffer))).toBe("-0");
  expect(floatText(new Uint8Array(new Float64Array([NaN]).buffer))).toBe("nan");
  expect(floatText(new Uint8Array(new Float32Array([-Infinity]).buffer))).toBe("-inf");
  // 1.5 as a quadruple: exponent 0x3fff, the fraction's highest bit.
  expect(floatText(bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0xff, 0x3f))).toBe("1.5");
  expect(floatText(bytes(1, 2, 3))).toBeUndefined();
});

test("integers of 1 to 16 bytes", () => {
  expect(integerOf(bytes(0xfb), true)).toBe(-5n);
  expect(integerOf(bytes(0xfb), false)).toBe(251n);
  expect(integerOf(new Uint8Array(16).fill(0xff), true)).toBe(-1n);
  expect(integerOf(new Uint8Array(16).fill(0xff), false)).toBe(2n ** 128n - 1n);
});

test("a truth value that is neither says which number it is", () => {
  const type = { kind: "base", name: "_Bool", size: 1, encoding: "boolean" } as const;
  expect([0, 1, 2].map((value) => scalarText(type, bytes(value)))).toEqual(["false", "true", "true (2)"]);
});

test("characters and strings are written as C writes them", () => {
  expect([65, 10, 0, 39, 92, 200].map((code) => quotedCharacter(code, 1))).toEqual(["'A'", "'\\n'", "'\\0'", "'\\''", "'\\\\'", "'\\xc8'"]);
  expect(quotedText(new TextEncoder().encode('a"b\\\tä€😀'))).toBe('"a\\"b\\\\\\tä€😀"');
  expect(quotedText(bytes(0x61, 0xff, 0xc3, 0x62))).toBe('"a\\xff\\xc3b"');
});

const context = { memory: { read: async () => new Uint8Array(0) }, limits: { maxStringLen: 64, maxArrayValues: 64 } };
const wasm = (value: WasmValue, language: Language): Variable => ({
  name: "v",
  typeName: value.type,
  language,
  value: { kind: "wasm", value },
});

test.each([
  [{ type: "i32", value: -1 }, "wat", "-1"],
  [{ type: "i64", value: -9007199254740993n }, "assemblyscript", "-9007199254740993"],
  [{ type: "f32", value: Math.fround(0.1) }, "wat", "0.1"],
  [{ type: "f64", value: NaN }, "wat", "nan"],
  [{ type: "f64", value: NaN }, "assemblyscript", "NaN"],
  [{ type: "f32", value: -Infinity }, "assemblyscript", "-Infinity"],
  [{ type: "v128", text: "i32x4 1 2 3 4" }, "wat", "i32x4 1 2 3 4"],
] as [WasmValue, Language, string][])("%o of %s is %s", async (value, language, expected) => {
  expect(await formatValue(wasm(value, language), context)).toEqual({ value: expected, type: value.type });
});

test("what is not available says why", async () => {
  const gone: Variable = { name: "v", typeName: "int", language: "c", value: { kind: "unavailable", reason: "optimized out" } };
  expect(await formatValue(gone, context)).toEqual({ value: "<optimized out>", type: "int" });
});
