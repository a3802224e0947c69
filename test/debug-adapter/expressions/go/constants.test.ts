// Go's constants are exact; JavaScript's numbers and BigInts say what must come of them.
import { assert, bigInt, constantFrom, double, integer, property } from "fast-check";
import { expect, test } from "vitest";
import {
  binaryConstant,
  compareConstants,
  constantText,
  type GoConstant,
  intConstant,
} from "../../../../debug-adapter/src/expressions/go/constants.ts";
import { addRational, numberOf, rational, rationalOf } from "../../../../debug-adapter/src/expressions/go/rational.ts";

const finite = double({ noNaN: true, noDefaultInfinity: true });

test("a floating point number is the same after its way through a fraction", () => {
  assert(
    property(finite, (value) => {
      expect(numberOf(rationalOf(value))).toBe(value === 0 ? 0 : value);
    }),
  );
});

// IEEE 754: a sum or quotient is the exact one, rounded once.
test("fractions are rounded as the machine does it, subnormal numbers too", () => {
  assert(
    property(finite, finite, (left, right) => {
      const sum = numberOf(addRational(rationalOf(left), rationalOf(right)));
      expect(sum).toBe(left + right === 0 ? 0 : left + right);
    }),
  );
  assert(
    property(bigInt({ min: -(2n ** 53n), max: 2n ** 53n }), bigInt({ min: 1n, max: 2n ** 53n }), (top, bottom) => {
      expect(numberOf(rational(top, bottom))).toBe(top === 0n ? 0 : Number(top) / Number(bottom));
    }),
  );
  // Number() rounds a decimal once, ties to even.
  assert(
    property(bigInt({ min: 1n, max: 10n ** 20n }), integer({ min: -345, max: 300 }), (digits, exponent) => {
      const scale = 10n ** BigInt(Math.abs(exponent));
      const fraction = exponent < 0 ? rational(digits, scale) : rational(digits * scale, 1n);
      expect(numberOf(fraction)).toBe(Number(`${digits}e${exponent}`));
    }),
  );
  expect(numberOf(rational(10n ** 400n, 1n))).toBe(Infinity);
  expect(numberOf(rational(-1n, 10n ** 400n))).toBe(-0);
});

test("integers have no width", () => {
  const operators = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "&": (a, b) => a & b,
    "|": (a, b) => a | b,
    "^": (a, b) => a ^ b,
    "&^": (a, b) => a & ~b,
  } as const satisfies Record<string, (a: bigint, b: bigint) => bigint>;
  assert(
    property(bigInt(), bigInt(), constantFrom(...(Object.keys(operators) as (keyof typeof operators)[])), (a, b, operator) => {
      expect(binaryConstant(operator, intConstant(a), intConstant(b))).toEqual(intConstant(operators[operator](a, b)));
      expect(compareConstants("<", intConstant(a), intConstant(b))).toBe(a < b);
    }),
  );
});

// go/constant's String: six digits.
test("error texts show constants with six digits", () => {
  const texts: readonly [GoConstant, string][] = [
    [{ kind: "float", value: rational(1n, 3n) }, "0.333333"],
    [{ kind: "float", value: rational(5n, 2n) }, "2.5"],
    [{ kind: "float", value: rational(123456789n, 1n) }, "1.23457e+08"],
    [{ kind: "float", value: rational(1n, 10n ** 7n) }, "1e-07"],
    [{ kind: "string", value: new TextEncoder().encode('a"b') }, '"a\\"b"'],
    [{ kind: "bool", value: true }, "true"],
  ];
  for (const [constant, text] of texts) expect(constantText(constant)).toBe(text);
});
