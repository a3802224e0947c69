import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { binary, isTrue, unary } from "../../../debug-adapter/src/expressions/arithmetic.ts";
import { expressionText } from "../../../debug-adapter/src/expressions/expression-text.ts";
import { parseExpression } from "../../../debug-adapter/src/expressions/parse-expression.ts";
import type { Scalar } from "../../../debug-adapter/src/expressions/scalar.ts";

/** Calculates an expression of numbers only. */
function calculate(text: string): Scalar {
  const stack: Scalar[] = [];
  for (const step of parseExpression(text)) {
    if (step.kind === "number") stack.push(step.value);
    else if (step.kind === "unary") stack.push(unary(step.operator as "-", stack.pop()!));
    else if (step.kind === "binary") {
      const right = stack.pop()!;
      stack.push(binary(step.operator, stack.pop()!, right));
    } else throw new Error(step.kind);
  }
  return stack.pop()!;
}

// JavaScript has C's operators and its order of precedence, but for comparisons of bits, which are in brackets here.
test.each([
  "1+2*3",
  "(1+2)*3",
  "-2*-3",
  "7/2*2",
  "10-4-3",
  "1<<3+1",
  "6&3|8^1",
  "!0+1",
  "~5&0xff",
  "1<2==1",
  "3>2&&2>3||1",
  "2*(3+(4-1))%5",
])("%s is what JavaScript says", (text) => {
  const expected = Number(runInNewContext(text.replaceAll("7/2", "Math.trunc(7/2)")));
  expect(Number(calculate(text))).toBe(expected);
});

test("integers are exact, floating point numbers are not mixed up with them", () => {
  expect(calculate("18446744073709551615 + 1")).toBe(18446744073709551616n);
  expect(calculate("7 / 2")).toBe(3n);
  expect(calculate("7 / 2.0")).toBe(3.5);
  expect(calculate("'A' + 1")).toBe(66n);
  expect(isTrue(calculate("1 == 1.0"))).toBe(true);
  expect(isTrue(binary("==", 1n, Number.NaN))).toBe(false);
});

test.each([
  ["a.b->c[1].d", "a.b.c[1].d"],
  ["*p.x", "*p.x"],
  ["(*p).x", "(*p).x"],
  ["$calls + ns::count", "($calls + ns::count)"],
])("%s means %s", (text, meaning) => {
  expect(expressionText(parseExpression(text))).toBe(meaning);
});

test.each([
  ["", /is empty/],
  ["a +", /ends where a value is expected/],
  ["a b", /an operator is missing/],
  ["(a", /not closed/],
  ["a)", /closes nothing/],
  ["a[1", /not closed/],
  ["f(1)", /functions cannot be called/],
  ["a = 1", /"=" is not understood/],
  ["a.", /name of a member is missing/],
  ["1 / 0", /division by zero/],
  ["1 << 100000", /shift/],
])("%s is refused in words", (text, message) => {
  expect(() => calculate(text)).toThrow(message);
});

test("depth costs no stack", () => {
  const deep = "(".repeat(1900) + "1" + ")".repeat(1900);
  expect(calculate(deep)).toBe(1n);
  expect(calculate(`${"-".repeat(3000)}1`)).toBe(1n);
  expect(() => parseExpression("(".repeat(100_000))).toThrow(/longer than/);
});
