import { ExpressionError } from "./expression-error.ts";
import type { BinaryOperator, UnaryOperator } from "./parse-expression.ts";
import type { Scalar } from "./scalar.ts";

/** More bits than this no language has; a shift must not fill the memory. */
const mostShift = 4096n;

/** Integers are calculated exactly, whatever their width; as soon as one operand is a floating point number, both are. */
export function binary(operator: BinaryOperator, left: Scalar, right: Scalar): Scalar {
  switch (operator) {
    case "==":
      return truth(same(left, right));
    case "!=":
      return truth(!same(left, right));
    case "<":
      return truth(left < right);
    case "<=":
      return truth(left <= right);
    case ">":
      return truth(left > right);
    case ">=":
      return truth(left >= right);
    case "&&":
      return truth(isTrue(left) && isTrue(right));
    case "||":
      return truth(isTrue(left) || isTrue(right));
    default:
      return typeof left === "bigint" && typeof right === "bigint"
        ? integers(operator, left, right)
        : floats(operator, Number(left), Number(right));
  }
}

export function unary(operator: Exclude<UnaryOperator, "*" | "&">, value: Scalar): Scalar {
  switch (operator) {
    case "-":
      return -value;
    case "+":
      return value;
    case "!":
      return truth(!isTrue(value));
    case "~":
      if (typeof value !== "bigint") throw new ExpressionError("~ takes an integer");
      return ~value;
  }
}

export function isTrue(value: Scalar): boolean {
  return typeof value === "bigint" ? value !== 0n : value !== 0;
}

const truth = (value: boolean): bigint => (value ? 1n : 0n);

/** Numbers of both kinds compare by their mathematical value. */
function same(left: Scalar, right: Scalar): boolean {
  return typeof left === typeof right ? left === right : left >= right && !(left > right);
}

type Arithmetic = Exclude<BinaryOperator, "==" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "||">;

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
    case ">>":
      if (right < 0n || right > mostShift) throw new ExpressionError(`a shift by ${right} bits`);
      return operator === "<<" ? left << right : left >> right;
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
