/** Operators of Go on numbers, strings and truth values, with the results of `expressions/go`, as code for the engine. */
import { isIntegerKind, isUnsignedKind, type GoType } from "#core/go/layouts/go-type.ts";
import { binaryConstant, compareConstants, fitsKind, type GoConstant, isComparison } from "../go/constants.ts";
import type { GoBinaryOperator, GoUnaryOperator } from "../go/syntax.ts";
import { asBig, asNumber, comparable, limited, NotCompiled, type NumberCode } from "./engine-code.ts";
import { type GoCode, numberIn, textIn, truthIn, wordAt } from "./go-values.ts";

/** As the adapter refuses it. */
const mostShift = "10000n";
/** The first word of all of them is 0 if they are nil. */
const nilable = new Set(["pointer", "interface", "slice", "map", "func", "chan", "unsafe.Pointer"]);

/** What has no meaning, or one that only the adapter knows, throws {@link NotCompiled}. */
export function goBinary(operator: GoBinaryOperator, left: GoCode, right: GoCode): GoCode {
  if (left.kind === "constant" && right.kind === "constant") return folded(operator, left.constant, right.constant);
  if (operator === "<<" || operator === ">>") return shifted(operator, left, right);
  checkTypes(left, right);
  if (operator === "&&" || operator === "||") {
    const [a, b] = [truthIn(left), truthIn(right)];
    if (a === undefined || b === undefined) throw new NotCompiled("no truth value");
    return truth(`(${a}${operator}${b})`);
  }
  if (isComparison(operator)) return truth(comparison(operator, left, right));
  const [a, b] = [numberIn(left), numberIn(right)];
  if (!a || !b) throw new NotCompiled("no number");
  const type = a.type ?? b.type;
  const code = a.code.form === "float" || b.code.form === "float" ? floats(operator, a.code, b.code) : integers(operator, a.code, b.code);
  return typed(code, type);
}

/** Delve compares types by their names, and lets constants stand for what they can be. */
function checkTypes(left: GoCode, right: GoCode): void {
  const [a, b] = [typeOf(left), typeOf(right)];
  if (a && b && a.name !== b.name) throw new NotCompiled("mismatched types");
  for (const [value, type] of [
    [left, b],
    [right, a],
  ] as const) {
    if (!type) continue;
    const isFit =
      value.kind === "constant"
        ? fitsKind(value.constant, type.kind)
        : value.kind === "truth"
          ? type.kind === "bool"
          : value.kind !== "number" || value.type !== undefined || isIntegerKind(type.kind);
    if (!isFit) throw new NotCompiled("a constant that cannot be of the type");
  }
}

const typeOf = (value: GoCode): GoType | undefined => (value.kind === "place" || value.kind === "number" ? value.type : undefined);

function comparison(operator: "==" | "!=" | "<" | "<=" | ">" | ">=", left: GoCode, right: GoCode): string {
  const isEquality = operator === "==" || operator === "!=";
  if (left.kind === "nil" || right.kind === "nil") {
    const other = left.kind === "nil" ? right : left;
    if (!isEquality || other.kind !== "place" || !nilable.has(other.type.kind)) throw new NotCompiled("a comparison with nil");
    return `(${wordAt(other.address)}${operator}0)`;
  }
  const [a, b] = [numberIn(left), numberIn(right)];
  if (a && b) return `(${comparable(a.code)}${operator}${comparable(b.code)})`;
  const [text, otherText] = [textIn(left), textIn(right)];
  if (text !== undefined && otherText !== undefined) return `(points.order(${text},${otherText})${operator}0)`;
  const [isTrue, isOther] = [truthIn(left), truthIn(right)];
  if (isEquality && isTrue !== undefined && isOther !== undefined) return `(${isTrue}${operator}${isOther})`;
  const arePointers = left.kind === "place" && right.kind === "place" && left.type.kind === "pointer" && right.type.kind === "pointer";
  if (isEquality && arePointers) return `(${wordAt(left.address)}${operator}${wordAt(right.address)})`;
  throw new NotCompiled("a comparison of whole values");
}

const truth = (text: string): GoCode => ({ kind: "truth", ...limited({ text }) });

/** Constants are calculated with as the adapter does it. Throws `ExpressionError` for those that cannot be. */
function folded(operator: GoBinaryOperator, left: GoConstant, right: GoConstant): GoCode {
  if (isComparison(operator)) return { kind: "truth", text: String(compareConstants(operator, left, right)) };
  return { kind: "constant", constant: binaryConstant(operator, left, right) };
}

function shifted(operator: "<<" | ">>", leftValue: GoCode, rightValue: GoCode): GoCode {
  const [left, right] = [numberIn(leftValue), numberIn(rightValue)];
  if (!left || !right) throw new NotCompiled("no number");
  const count = `points.within(${asBig(right.code)},0n,${mostShift})`;
  return typed({ form: "big", text: `(${asBig(left.code)}${operator}${count})` }, left.type);
}

function integers(operator: GoBinaryOperator, left: NumberCode, right: NumberCode): NumberCode {
  const [a, b] = [asBig(left), asBig(right)];
  // BigInts divide by zero with an error, as they should.
  return { form: "big", text: operator === "&^" ? `(${a}&~${b})` : `(${a}${operator}${b})` };
}

/** One operation on two numbers of 64 bits is rounded as the exact result is. */
function floats(operator: GoBinaryOperator, left: NumberCode, right: NumberCode): NumberCode {
  const [a, b] = [asNumber(left), asNumber(right)];
  switch (operator) {
    case "+":
    case "-":
    case "*":
      return { form: "float", text: `points.finite(${a}${operator}${b})` };
    case "/":
      return { form: "float", text: `points.finite(${a}/points.present(${b}))` };
    default:
      throw new NotCompiled("an operator of integers");
  }
}

/** Integers lose their upper bits, floating-point numbers are rounded. */
function typed(code: NumberCode, type: GoType | undefined): GoCode {
  if (!type) {
    // A floating-point constant is exact, whatever is done with it.
    if (code.form === "float") throw new NotCompiled("exact arithmetic");
    return { kind: "number", type, code: limited(code) };
  }
  return { kind: "number", type, code: limited(converted(code, type)) };
}

/** A number as a value of the type; throws {@link NotCompiled} for types that are no numbers. */
export function converted(code: NumberCode, type: GoType): NumberCode {
  if (isIntegerKind(type.kind)) {
    const wrap = isUnsignedKind(type.kind) ? "asUintN" : "asIntN";
    return { form: "big", text: `BigInt.${wrap}(${type.size * 8},${asBig(code)})` };
  }
  if (type.kind === "float64") return { form: "float", text: `points.finite(${asNumber(code)})` };
  if (type.kind === "float32") return { form: "float", text: `points.finite(Math.fround(${asNumber(code)}))` };
  throw new NotCompiled("no number");
}

export function goUnary(operator: GoUnaryOperator, value: GoCode): GoCode {
  if (operator === "!") {
    const text = truthIn(value);
    if (text === undefined) throw new NotCompiled("no truth value");
    return truth(`(!${text})`);
  }
  const number = numberIn(value);
  if (!number) throw new NotCompiled("no number");
  const { code, type } = number;
  switch (operator) {
    case "+":
      return { kind: "number", type, code };
    case "-":
      return code.form === "float"
        ? typed({ form: "float", text: `(-${code.text})` }, type)
        : typed({ form: "big", text: `(-${asBig(code)})` }, type);
    case "^":
      return typed({ form: "big", text: `(~${asBig(code)})` }, type);
    default:
      throw new NotCompiled("an operator on places");
  }
}
