import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitsBits, floatBits, integerValue, naturalValue, numberTag } from "#core/wat/literal-number.ts";
import { Token } from "#core/wat/token.ts";

const view = new DataView(new ArrayBuffer(8));

function bits32(value: number): bigint {
  view.setFloat32(0, value);
  return BigInt(view.getUint32(0));
}

function bits64(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** A double as a hexadecimal literal of just its value. */
function hexLiteral(value: number): string {
  const bits = bits64(Math.abs(value));
  const exponent = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const unit = Math.max(exponent, 1) - 1075;
  return `${sign}0x${(exponent === 0 ? fraction : fraction | (1n << 52n)).toString(16)}p${unit}`;
}

/** The decimal just half-way between two neighbouring floats goes to the even one, and one digit more or less decides otherwise. */
function checkHalfWay({ low, high }: { low: number; high: number }): void {
  const middle = (low + high) / 2;
  const digits = decimalOf(middle);
  expect(floatBits(digits, 32)).toBe(bits32(middle));
  expect(floatBits(`${digits}1`, 32)).toBe(bits32(high));
  expect(floatBits(`${digits.slice(0, -1)}${Number(digits.at(-1)) - 1}9`, 32)).toBe(bits32(low));
}

/** All digits of a positive number that has a fraction; they end with a 5. */
function decimalOf(value: number): string {
  let rest = BigInt(value * 2 ** 24 - Math.floor(value) * 2 ** 24);
  let digits = `${Math.floor(value)}.`;
  while (rest > 0n) {
    rest *= 10n;
    digits += String(rest >> 24n);
    rest &= (1n << 24n) - 1n;
  }
  return digits;
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const inSingleRange = finite.filter((value) => Number.isFinite(Math.fround(value)));

describe("floats are rounded as the engine rounds them", () => {
  test("decimal f64", () => {
    fc.assert(
      fc.property(finite, (value) => {
        expect(floatBits(String(value), 64)).toBe(bits64(Number(String(value))));
      }),
    );
  });
  test("hexadecimal f64", () => {
    fc.assert(
      fc.property(finite, (value) => {
        expect(floatBits(hexLiteral(value), 64)).toBe(bits64(value));
      }),
    );
  });
  test("hexadecimal f32", () => {
    fc.assert(
      fc.property(inSingleRange, (value) => {
        expect(floatBits(hexLiteral(value), 32)).toBe(bits32(value));
      }),
    );
  });
  test("decimal f32 half-way between two floats, and a little off", () => {
    const halves = fc.float({ noNaN: true, noDefaultInfinity: true, min: 1, max: 2 ** 22 }).map((low) => {
      view.setFloat32(0, low);
      view.setUint32(0, view.getUint32(0) + 1);
      return { low, high: view.getFloat32(0) };
    });
    fc.assert(fc.property(halves, checkHalfWay));
  });
  test.each([
    ["340282356779733661637539395458142568447", 0x7f7fffffn],
    ["340282356779733661637539395458142568448", undefined],
    ["0x1.fffffefffffffffffp127", 0x7f7fffffn],
    ["0x1.ffffffp127", undefined],
    ["-0", 0x80000000n],
    ["1e-46", 0n],
    ["0x1p-150", 0n],
    ["0x1.8p-150", 1n],
    ["1e-99999999999999999999", 0n],
    ["0x1p+99999999999999999999", undefined],
    ["inf", 0x7f800000n],
    ["-nan:0x1", 0xff800001n],
    ["nan", 0x7fc00000n],
    ["nan:0x0", undefined],
    ["nan:0x80_0000", undefined],
    ["nan:canonical", undefined],
  ])("%s as f32", (written, bits) => {
    expect(floatBits(written, 32)).toBe(bits);
  });
});

test.each([
  ["0", Token.natural],
  ["0x1_F", Token.natural],
  ["-1_000", Token.integer],
  ["+0xa", Token.integer],
  ["1.", Token.float],
  ["1e5", Token.float],
  ["0x1.8p-3", Token.float],
  ["-inf", Token.float],
  ["nan:0x7f_ffff", Token.float],
  ["offset=0x10", Token.offset],
  ["align=8", Token.align],
  ["1__0", Token.unknown],
  ["1_", Token.unknown],
  ["0x", Token.unknown],
  ["0xg", Token.unknown],
  [".5", Token.unknown],
  ["1e", Token.unknown],
  ["1.5.2", Token.unknown],
  ["infinity", Token.unknown],
  ["nan:1", Token.unknown],
  ["offset=-1", Token.unknown],
  ["align=", Token.unknown],
  ["0$x", Token.unknown],
])("%s has its form", (written, tag) => {
  expect(numberTag(written, 0, written.length)).toBe(tag);
});

test("integers", () => {
  expect(["-0x80_00", "+12", "0xFF"].map(integerValue)).toEqual([-0x8000n, 12n, 255n]);
  expect(["7", "0x10", "1_000", "18446744073709551616"].map((written) => naturalValue(written, 0, written.length))).toEqual([
    7,
    16,
    1000,
    2 ** 64,
  ]);
  expect([-128n, 255n, -129n, 256n].map((value) => fitsBits(value, 8))).toEqual([true, true, false, false]);
});
