/** Values that expressions calculate with: exact, as Go's constants are (go.dev/ref/spec#Constants); texts of errors are those of go/constant. */
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import { isIntegerKind, type GoType } from "#core/go/layouts/go-type.ts";
import { ExpressionError } from "../expression-error.ts";
import {
  addRational,
  compareRational,
  divideRational,
  type GoRational,
  multiplyRational,
  negateRational,
  numberOf,
  wholeRational,
} from "./rational.ts";
import type { GoBinaryOperator, GoLiteral, GoUnaryOperator } from "./syntax.ts";

export type GoConstant =
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: GoRational }
  | { readonly kind: "complex"; readonly real: GoRational; readonly imaginary: GoRational }
  | { readonly kind: "string"; readonly value: Uint8Array };

/** No integer of a program has as many bits: a shift must not fill the memory. */
const mostShift = 10_000n;
const longestString = 16 * 1024 * 1024;
const largestInt = (1n << 63n) - 1n;
const zero = wholeRational(0n);

export const boolConstant = (value: boolean): GoConstant => ({ kind: "bool", value });
export const intConstant = (value: bigint | number): GoConstant => ({ kind: "int", value: BigInt(value) });

export function literalConstant(literal: GoLiteral): GoConstant {
  switch (literal.kind) {
    case "int":
    case "rune":
      return { kind: "int", value: literal.value };
    case "float":
      return { kind: "float", value: literal.value };
    case "imaginary":
      return { kind: "complex", real: zero, imaginary: literal.value };
    case "string":
      return { kind: "string", value: literal.value };
  }
}

/** The type that a constant has where nothing gives it another. */
export function defaultType(constant: GoConstant): "bool" | "int" | "uint64" | "float64" | "complex128" | "string" {
  switch (constant.kind) {
    case "int":
      return constant.value > largestInt ? "uint64" : "int";
    case "float":
      return "float64";
    case "complex":
      return "complex128";
    default:
      return constant.kind;
  }
}

/** As error texts show constants: decimal, floats with six digits. */
export function constantText(constant: GoConstant): string {
  switch (constant.kind) {
    case "bool":
    case "int":
      return String(constant.value);
    case "float":
      return floatText(constant.value);
    case "complex":
      return `(${floatText(constant.real)} + ${floatText(constant.imaginary)}i)`;
    case "string":
      return JSON.stringify(decodeUtf8(constant.value));
  }
}

/** As `%.6g` writes it. */
function floatText(value: GoRational): string {
  const number = numberOf(value);
  if (number === 0) return "0";
  const text = number.toPrecision(6);
  const exponent = Math.floor(Math.log10(Math.abs(number)));
  if (exponent >= -5 && exponent < 6) return String(Number(text));
  return Number(text)
    .toExponential()
    .replace(/e([+-])(\d)$/, "e$10$2");
}

/** Throws {@link ExpressionError}. */
export function unaryConstant(operator: GoUnaryOperator, operand: GoConstant): GoConstant {
  const { kind } = operand;
  if (kind === "bool" && operator === "!") return boolConstant(!operand.value);
  if (kind === "int" && operator === "^") return intConstant(~operand.value);
  if (kind !== "bool" && kind !== "string" && (operator === "-" || operator === "+")) {
    if (operator === "+") return operand;
    if (kind === "int") return intConstant(-operand.value);
    if (kind === "float") return { kind, value: negateRational(operand.value) };
    return { kind, real: negateRational(operand.real), imaginary: negateRational(operand.imaginary) };
  }
  throw new ExpressionError(`invalid unary operation ${operator}${constantText(operand)}`);
}

/** The quotient of whole numbers is whole. Throws {@link ExpressionError}. */
export function binaryConstant(operator: GoBinaryOperator, left: GoConstant, right: GoConstant): GoConstant {
  const invalid = (): ExpressionError =>
    new ExpressionError(`invalid binary operation ${constantText(left)} ${operator} ${constantText(right)}`);
  if (operator === "<<" || operator === ">>") return shift(operator, left, right);
  if (left.kind === "bool" && right.kind === "bool") {
    if (operator === "&&") return boolConstant(left.value && right.value);
    if (operator === "||") return boolConstant(left.value || right.value);
    throw invalid();
  }
  if (left.kind === "string" && right.kind === "string") {
    if (operator !== "+") throw invalid();
    if (left.value.length + right.value.length > longestString) throw new ExpressionError("the string is too long to be calculated with");
    const value = new Uint8Array(left.value.length + right.value.length);
    value.set(left.value);
    value.set(right.value, left.value.length);
    return { kind: "string", value };
  }
  if (left.kind === "int" && right.kind === "int") return intConstant(integers(operator, left.value, right.value, invalid));
  const [a, b] = [partsOf(left), partsOf(right)];
  if (!a || !b) throw invalid();
  if (left.kind === "complex" || right.kind === "complex") return complexes(operator, a, b, invalid);
  return { kind: "float", value: floats(operator, a.real, b.real, invalid) };
}

function shift(operator: "<<" | ">>", left: GoConstant, right: GoConstant): GoConstant {
  if (left.kind !== "int" || right.kind !== "int")
    throw new ExpressionError(`invalid shift ${constantText(left)} ${operator} ${constantText(right)}`);
  if (operator === ">>") return intConstant(right.value > mostShift ? (left.value < 0n ? -1n : 0n) : left.value >> right.value);
  if (right.value > mostShift) throw new ExpressionError(`a shift by ${right.value} bits is too large to be calculated here`);
  return intConstant(left.value << right.value);
}

function integers(operator: GoBinaryOperator, left: bigint, right: bigint, invalid: () => ExpressionError): bigint {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
    case "%":
      if (right === 0n) throw new ExpressionError("runtime error: integer divide by zero");
      return operator === "/" ? left / right : left % right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "&^":
      return left & ~right;
    default:
      throw invalid();
  }
}

function floats(operator: GoBinaryOperator, left: GoRational, right: GoRational, invalid: () => ExpressionError): GoRational {
  switch (operator) {
    case "+":
      return addRational(left, right);
    case "-":
      return addRational(left, negateRational(right));
    case "*":
      return multiplyRational(left, right);
    case "/":
      if (right.numerator === 0n) throw new ExpressionError("division by zero");
      return divideRational(left, right);
    default:
      throw invalid();
  }
}

interface Parts {
  readonly real: GoRational;
  readonly imaginary: GoRational;
}

const complex = (real: GoRational, imaginary: GoRational): GoConstant => ({ kind: "complex", real, imaginary });
const minus = (left: GoRational, right: GoRational): GoRational => addRational(left, negateRational(right));

function complexes(operator: GoBinaryOperator, a: Parts, b: Parts, invalid: () => ExpressionError): GoConstant {
  const times = multiplyRational;
  switch (operator) {
    case "+":
      return complex(addRational(a.real, b.real), addRational(a.imaginary, b.imaginary));
    case "-":
      return complex(minus(a.real, b.real), minus(a.imaginary, b.imaginary));
    case "*":
      return complex(
        minus(times(a.real, b.real), times(a.imaginary, b.imaginary)),
        addRational(times(a.real, b.imaginary), times(a.imaginary, b.real)),
      );
    case "/": {
      const square = addRational(times(b.real, b.real), times(b.imaginary, b.imaginary));
      if (square.numerator === 0n) throw new ExpressionError("division by zero");
      return complex(
        divideRational(addRational(times(a.real, b.real), times(a.imaginary, b.imaginary)), square),
        divideRational(minus(times(a.imaginary, b.real), times(a.real, b.imaginary)), square),
      );
    }
    default:
      throw invalid();
  }
}

/** Real and imaginary part of a number; `undefined` for what is none. */
export function partsOf(constant: GoConstant): Parts | undefined {
  switch (constant.kind) {
    case "int":
      return { real: wholeRational(constant.value), imaginary: zero };
    case "float":
      return { real: constant.value, imaginary: zero };
    case "complex":
      return constant;
    default:
      return undefined;
  }
}

export type GoComparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

export const isComparison = (operator: GoBinaryOperator): operator is GoComparison => ["==", "!=", "<", "<=", ">", ">="].includes(operator);

/** Throws {@link ExpressionError}. */
export function compareConstants(operator: GoComparison, left: GoConstant, right: GoConstant): boolean {
  const order = orderOf(left, right);
  if (order === undefined || (typeof order === "boolean" && operator !== "==" && operator !== "!="))
    throw new ExpressionError(`invalid comparison ${constantText(left)} ${operator} ${constantText(right)}`);
  if (typeof order === "boolean") return order === (operator === "==");
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

/** Whether they are the same, where there is no order; `undefined`: they cannot be compared. */
function orderOf(left: GoConstant, right: GoConstant): number | boolean | undefined {
  if (left.kind === "bool" && right.kind === "bool") return left.value === right.value;
  if (left.kind === "string" && right.kind === "string") return compareBytes(left.value, right.value);
  const [a, b] = [partsOf(left), partsOf(right)];
  if (!a || !b) return undefined;
  const order = compareRational(a.real, b.real);
  if (left.kind !== "complex" && right.kind !== "complex") return order;
  return order === 0 && compareRational(a.imaginary, b.imaginary) === 0;
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    if (left[at] !== right[at]) return left[at]! - right[at]!;
  }
  return left.length - right.length;
}

/** Towards zero, as Go converts floating point numbers. */
export const truncated = ({ numerator, denominator }: GoRational): bigint => numerator / denominator;

/** Whether a constant of this kind stands for a value of a type of that kind without a conversion (Delve's rules, which look at kinds only). */
export function fitsKind({ kind }: GoConstant, typeKind: GoType["kind"]): boolean {
  if (isIntegerKind(typeKind)) return kind === "int";
  if (typeKind.startsWith("float")) return kind === "int" || kind === "float";
  if (typeKind.startsWith("complex")) return kind === "int" || kind === "float" || kind === "complex";
  return kind === typeKind;
}
