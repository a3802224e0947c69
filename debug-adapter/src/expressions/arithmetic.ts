/** Operators on numbers with types, by the rules of a language. */
import type { DataType } from "#core/dwarf/data-type.ts";
import { converted, isTrue, wrapped } from "./convert-number.ts";
import { ExpressionError } from "./expression-error.ts";
import {
  builtInType,
  commonType,
  isBoolean,
  literalType,
  type Operand,
  pointerOf,
  promoted,
  type Rules,
  type Scalar,
  shapeOf,
  strideOf,
} from "./number-types.ts";
import type { BinaryOperator, UnaryOperator } from "./steps.ts";

/** A number with its type. */
export interface TypedScalar extends Operand {
  readonly value: Scalar;
}

/** More bits than this no integer has; a shift of literals must not fill the memory. */
const mostShift = 128n;

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type Arithmetic = Exclude<BinaryOperator, Comparison | "&&" | "||" | "@">;

export const isComparison = (operator: BinaryOperator): operator is Comparison => /^(?:[=!]=|[<>]=?)$/.test(operator);

/** A number that the language takes for true or false. */
export const truth = (value: boolean, rules: Rules): TypedScalar => ({ value: value ? 1n : 0n, type: rules.truth });

/** Throws {@link ExpressionError} where the operator is not for such operands. */
export function binary(
  operator: Exclude<BinaryOperator, "&&" | "||" | "@">,
  left: TypedScalar,
  right: TypedScalar,
  rules: Rules,
): TypedScalar {
  if (isComparison(operator)) return truth(compares(operator, ...comparable(left, right, rules)), rules);
  if (operator === "<<" || operator === ">>") return shifted(operator, left, right, rules);
  const moved = withPointers(operator, left, right, rules);
  if (moved) return moved;
  const type = arithmeticType(operator, left, right, rules);
  const isLiteral = left.literal !== undefined && right.literal !== undefined;
  return calculated(operator, toOperand(left, type, rules), toOperand(right, type, rules), type, isLiteral, rules);
}

/** The type that both operands are converted to, and that of the result. */
export function arithmeticType(operator: Arithmetic, left: Operand, right: Operand, rules: Rules): DataType {
  const isBits = operator === "&" || operator === "|" || operator === "^";
  if (isBits && !rules.isC && isBoolean(left.type) && isBoolean(right.type)) return rules.truth;
  const type = commonType(left, right, rules);
  const shape = type && shapeOf(type);
  if (!type || !shape) throw new ExpressionError(`${operator} takes numbers`);
  const takesFloats = !isBits && !(operator === "%" && rules.isC);
  if (shape.kind === "float" && !takesFloats) throw new ExpressionError(`${operator} takes integers`);
  return type;
}

function calculated(operator: Arithmetic, left: Scalar, right: Scalar, type: DataType, isLiteral: boolean, rules: Rules): TypedScalar {
  if (typeof left === "bigint" && typeof right === "bigint") return ofInteger(integers(operator, left, right), type, isLiteral, rules);
  const value = converted(floats(operator, Number(left), Number(right)), type);
  return { value, type, ...(isLiteral ? { literal: value } : {}) };
}

/** What was calculated exactly, as the type can hold it. Literals that have no type yet stay exact. */
function ofInteger(exact: bigint, type: DataType, isLiteral: boolean, rules: Rules): TypedScalar {
  if (isLiteral) return literal(exact, rules);
  const shape = shapeOf(type)!;
  const value = isBoolean(type) ? exact & 1n : wrapped(exact, shape);
  if (rules.refusesOverflow && value !== exact) throw new ExpressionError(`${exact} does not fit into ${type.name}`);
  return { value, type };
}

/** A number without a type of its own. */
export function literal(value: Scalar, rules: Rules): TypedScalar {
  const magnitude = typeof value === "bigint" && value < 0n ? -value - 1n : value;
  return { value, literal: value, type: literalType(magnitude, true, rules) };
}

/** The operand in the type that is calculated in. Throws {@link ExpressionError} where a literal does not fit and the language minds. */
export function toOperand({ value, literal: free }: TypedScalar, type: DataType, rules: Rules): Scalar {
  const result = converted(value, type);
  if (free !== undefined && rules.refusesOverflow && typeof free === "bigint" && typeof result === "bigint" && result !== free)
    throw new ExpressionError(`${free} does not fit into ${type.name}`);
  return result;
}

/** Pointers move by elements, and their difference counts elements. */
function withPointers(operator: Arithmetic, left: TypedScalar, right: TypedScalar, rules: Rules): TypedScalar | undefined {
  const [one, other] = [pointerOf(left.type), pointerOf(right.type)];
  if (!one && !other) return undefined;
  if (operator === "-" && one && other) {
    const type = rules.isC ? builtInType("long", "c")! : builtInType("isize", "rust")!;
    return { value: (integerOf(left, operator) - integerOf(right, operator)) / strideOf(one), type };
  }
  if ((operator !== "+" && operator !== "-") || (one && other) || (operator === "-" && other))
    throw new ExpressionError(`${operator} is not for pointers`);
  const pointer = one ?? other!;
  const [from, by] = one ? [left, right] : [right, left];
  const distance = integerOf(by, operator) * strideOf(pointer);
  const address = integerOf(from, operator) + (operator === "+" ? distance : -distance);
  return { value: BigInt.asUintN(8 * pointer.size, address), type: one ? left.type : right.type };
}

function integerOf({ value }: TypedScalar, operator: string): bigint {
  if (typeof value === "bigint") return value;
  throw new ExpressionError(`${operator} takes integers`);
}

function shifted(operator: "<<" | ">>", left: TypedScalar, right: TypedScalar, rules: Rules): TypedScalar {
  const by = integerOf(right, operator);
  const value = integerOf(left, operator);
  const type = promoted(left, rules);
  const shape = shapeOf(type)!;
  const most = left.literal === undefined ? BigInt(8 * shape.size) : mostShift;
  if (by < 0n || by >= most)
    throw new ExpressionError(`a shift by ${by} bits: ${left.literal === undefined ? type.name : "a number"} has ${most}`);
  if (left.literal !== undefined) return literal(operator === "<<" ? value << by : value >> by, rules);
  // Bits that are shifted out are lost in every language.
  return { value: wrapped(operator === "<<" ? value << by : value >> by, shape), type };
}

/** Both operands in their common type; what has none, as a mix of signs outside of C, by its mathematical value. */
function comparable(left: TypedScalar, right: TypedScalar, rules: Rules): [Scalar, Scalar] {
  const type = comparisonType(left, right, rules);
  return type ? [converted(left.value, type), converted(right.value, type)] : [left.value, right.value];
}

/** The type in which operands are compared; `undefined`: by their mathematical value. */
export function comparisonType(left: Operand, right: Operand, rules: Rules): DataType | undefined {
  if (pointerOf(left.type) || pointerOf(right.type)) return undefined;
  if (rules.isC) return commonType(left, right, rules);
  const [one, other] = [shapeOf(left.type), shapeOf(right.type)];
  // Bits that are written as a number without sign, such as 0xffffffff, mean an i32.
  const free = left.literal ?? right.literal;
  const isFree = (left.literal === undefined) !== (right.literal === undefined) && typeof free === "bigint";
  if (isFree && !rules.refusesOverflow && one?.kind !== "float" && other?.kind !== "float") return commonType(left, right, rules);
  // A fraction such as 0.1 is compared with the f32 that it is written for.
  return one?.kind === "float" || other?.kind === "float" ? commonType(left, right, rules) : undefined;
}

function compares(operator: Comparison, left: Scalar, right: Scalar): boolean {
  switch (operator) {
    case "==":
      return same(left, right);
    case "!=":
      return !same(left, right);
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** Numbers of both kinds compare by their mathematical value. */
function same(left: Scalar, right: Scalar): boolean {
  return typeof left === typeof right ? left === right : left >= right && !(left > right);
}

/** Throws {@link ExpressionError} where the operator is not for such an operand. */
export function unary(operator: Exclude<UnaryOperator, "*" | "&">, operand: TypedScalar, rules: Rules): TypedScalar {
  const { value } = operand;
  if (operator === "!" && (!rules.invertsByNot || isBoolean(operand.type) || typeof value !== "bigint"))
    return truth(!isTrue(value), rules);
  if (pointerOf(operand.type)) throw new ExpressionError(`${operator} is not for pointers`);
  const type = promoted(operand, rules);
  if (typeof value === "number") {
    if (operator === "~") throw new ExpressionError("~ takes an integer");
    const result = operator === "-" ? -value : value;
    return { value: result, type, ...(operand.literal === undefined ? {} : { literal: result }) };
  }
  if (operator === "+") return { ...operand, type };
  if (operator === "-") return ofInteger(-value, type, operand.literal !== undefined, rules);
  return operand.literal === undefined ? { value: wrapped(~value, shapeOf(type)!), type } : literal(~value, rules);
}

function integers(operator: Arithmetic, left: bigint, right: bigint): bigint {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
    case "%":
      if (right === 0n) throw new ExpressionError("division by zero");
      return operator === "/" ? left / right : left % right;
    case "<<":
      return left << right;
    case ">>":
      return left >> right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
  }
}

function floats(operator: Arithmetic, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    default:
      throw new ExpressionError(`${operator} takes integers`);
  }
}

/** The type of what `?:` gives, which is that of both its values together. */
export function conditionalType(left: Operand, right: Operand, rules: Rules): DataType {
  const pointer = pointerOf(left.type) ? left.type : pointerOf(right.type) ? right.type : undefined;
  return pointer ?? commonType(left, right, rules) ?? left.type;
}
