import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { binary, type TypedScalar, unary } from "../../../debug-adapter/src/expressions/arithmetic.ts";
import { expressionText } from "../../../debug-adapter/src/expressions/expression-text.ts";
import { literalScalar } from "../../../debug-adapter/src/expressions/literal-types.ts";
import { rulesOf, type Scalar } from "../../../debug-adapter/src/expressions/number-types.ts";
import { parseExpression } from "../../../debug-adapter/src/expressions/parse-expression.ts";
import type { Language } from "../../../debug-adapter/src/symbols/module-symbols.ts";

/** Calculates an expression of numbers only. */
function calculate(text: string, language: Language = "c"): Scalar {
  const rules = rulesOf(language);
  const stack: TypedScalar[] = [];
  for (const step of parseExpression(text, language)) {
    if (step.kind === "literal" && step.literal.kind !== "string") stack.push(literalScalar(step.literal, rules));
    else if (step.kind === "unary") stack.push(unary(step.operator as "-", stack.pop()!, rules));
    else if (step.kind === "binary") {
      const right = stack.pop()!;
      stack.push(binary(step.operator as "+", stack.pop()!, right, rules));
    } else throw new Error(step.kind);
  }
  return stack.pop()!.value;
}

// JavaScript has C's operators and its order of precedence, but for comparisons of bits, which are in brackets here.
test.each(["1+2*3", "(1+2)*3", "-2*-3", "7/2*2", "10-4-3", "1<<3+1", "6&3|8^1", "!0+1", "~5&0xff", "1<2==1", "2*(3+(4-1))%5"])(
  "%s is what JavaScript says",
  (text) => {
    const expected = Number(runInNewContext(text.replaceAll("7/2", "Math.trunc(7/2)")));
    expect(Number(calculate(text))).toBe(expected);
  },
);

test("integers are exact, floating point numbers are not mixed up with them", () => {
  expect(calculate("18446744073709551615 + 1", "rust")).toBe(18446744073709551616n);
  expect(calculate("0xffffffffffffffff + 1")).toBe(0n);
  expect(calculate("7 / 2")).toBe(3n);
  expect(calculate("7 / 2.0")).toBe(3.5);
  expect(calculate("'A' + 1")).toBe(66n);
  expect(calculate("1 == 1.0")).toBe(1n);
});

test.each([
  ["a.b->c[1].d", "a.b.c[1].d"],
  ["*p.x", "*p.x"],
  ["(*p).x", "(*p).x"],
  ["$calls + ns::count", "($calls + ns::count)"],
  ["t.0.1", "t.0.1"],
  ["(struct point *)p->q", "((point *)p.q)"],
  ["((T *)p)->x", "((T *)p).x"],
  ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
  ["a[1..3]", "a[1..3]"],
  ["*p@n + 1", "(*p @ (n + 1))"],
  ["-a - -b", "(-a - -b)"],
  ["sizeof(int) + sizeof a.b", "(sizeof(int) + sizeof(a.b))"],
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
  ["f(1", /not closed/],
  ["a ? b", /":" is missing behind "\?"/],
  ["a : b", /":" stands without "\?"/],
  ["a, b", /"," is not understood/],
  ["a..b", /"\.\." is not understood/],
  ["x as", /a type is missing/],
  ["09u9", /is no number/],
  ["'ab'", /is not understood|no character/],
  ["a.", /name of a member is missing/],
  ["1 / 0", /division by zero/],
  ["1 << 100000", /shift/],
])("%s is refused in words", (text, message) => {
  expect(() => calculate(text)).toThrow(message);
});

test("depth costs no stack", () => {
  const deep = "(".repeat(1900) + "1" + ")".repeat(1900);
  expect(calculate(deep)).toBe(1n);
  expect(calculate(`${"- ".repeat(1500)}1`)).toBe(1n);
  expect(() => parseExpression("(".repeat(100_000))).toThrow(/longer than/);
});
