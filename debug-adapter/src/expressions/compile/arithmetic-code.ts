/** What `arithmetic.ts` calculates, as code for the engine. */
import type { BinaryOperator, UnaryOperator } from "../parse-expression.ts";
import { asBig, asNumber, comparable, NotCompiled, type NumberCode, truthOf } from "./engine-code.ts";

const comparisons: Partial<Record<BinaryOperator, string>> = { "==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=" };
/** As `binary` refuses it. */
const mostShift = 4096;

/** The right operand of `&&` and `||` is evaluated only where it decides, as in the language. */
export function binaryCode(operator: BinaryOperator, left: NumberCode, right: NumberCode): NumberCode {
  const comparison = comparisons[operator];
  if (comparison) return { form: "bool", text: `(${comparable(left)}${comparison}${comparable(right)})` };
  if (operator === "&&" || operator === "||") return { form: "bool", text: `(${truthOf(left)}${operator}${truthOf(right)})` };
  if (left.form === "float" || right.form === "float") return floats(operator, asNumber(left), asNumber(right));
  return integers(operator, asBig(left), asBig(right));
}

/** BigInts divide by zero with an error, as they should. */
function integers(operator: BinaryOperator, left: string, right: string): NumberCode {
  if (operator !== "<<" && operator !== ">>") return { form: "big", text: `(${left}${operator}${right})` };
  return { form: "big", text: `(${left}${operator}points.within(${right},0n,${mostShift}n))` };
}

function floats(operator: BinaryOperator, left: string, right: string): NumberCode {
  if (!["+", "-", "*", "/", "%"].includes(operator)) throw new NotCompiled(`${operator} takes integers`);
  return { form: "float", text: `(${left}${operator}${right})` };
}

export function unaryCode(operator: Exclude<UnaryOperator, "*" | "&">, value: NumberCode): NumberCode {
  switch (operator) {
    case "-":
      return value.form === "float" ? { form: "float", text: `(-${value.text})` } : { form: "big", text: `(-${asBig(value)})` };
    case "+":
      return value;
    case "!":
      return { form: "bool", text: `(!${truthOf(value)})` };
    case "~":
      return { form: "big", text: `(~${asBig(value)})` };
  }
}
