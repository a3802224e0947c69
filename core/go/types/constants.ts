/** Evaluates constant expressions, as array lengths need them: integers, runes, fractions, strings, conversions, built-in functions. */
import type { TokenRange } from "../source/syntax.ts";
import { tokenKind as kind, type Tokens } from "../source/tokens.ts";
import type { Layout } from "./layout.ts";
import { floatValue, integerValue, runeValue, stringValue, utf8Length } from "./literals.ts";
import { pointedTo, type Operand } from "./operand-types.ts";
import type { GoType } from "./types.ts";

/** A number is a fraction; `integral` says that division drops the remainder, as between integers. */
export type ConstantValue =
  | {
      readonly kind: "number";
      readonly numerator: bigint;
      readonly denominator: bigint;
      readonly integral: boolean;
      readonly typed: boolean;
    }
  | { readonly kind: "string"; readonly text: string };

/** What a constant expression can name. */
export interface ConstantScope {
  constant(packageName: string | undefined, name: string): ConstantValue | undefined;
  /** The basic type that a name stands for in a conversion such as `int32(x)`; undefined for anything else. */
  conversion(packageName: string | undefined, name: string): "integer" | "float" | "string" | undefined;
  /** The type of what stands at a token, see `operandAt`. */
  operandAt(at: number): Operand | undefined;
  layoutOf(type: GoType): Layout;
  /** Whether a name stands for package unsafe. */
  isUnsafe(packageName: string): boolean;
}

/** Parentheses and unary operators are followed to this depth. */
const maximalDepth = 100;
/** Shifts and products beyond this many bits are an error in Go, and would only cost memory here. */
const maximalBits = 512n;
/** Longer texts, in UTF-16 units, are not put together: a few lines can double one beyond all memory. */
const maximalText = 1_000_000;

/** Undefined where the expression is not constant, not finished, or uses something unknown. */
export function evaluateConstant(tokens: Tokens, range: TokenRange, scope: ConstantScope): ConstantValue | undefined {
  const evaluator = new Evaluator(tokens, range, scope);
  return evaluator.whole();
}

/** The value as an array length: a whole number from 0. */
export function lengthOf(value: ConstantValue | undefined): bigint | undefined {
  if (value?.kind !== "number" || value.numerator % value.denominator !== 0n) return undefined;
  const length = value.numerator / value.denominator;
  return length < 0n ? undefined : length;
}

const precedences = new Map([
  ["*", 5],
  ["/", 5],
  ["%", 5],
  ["<<", 5],
  [">>", 5],
  ["&", 5],
  ["&^", 5],
  ["+", 4],
  ["-", 4],
  ["|", 4],
  ["^", 4],
]);

/** A precedence climber over `range`; `#at` is the current token. */
class Evaluator {
  readonly #tokens: Tokens;
  readonly #range: TokenRange;
  readonly #scope: ConstantScope;
  #at: number;
  #depth = 0;

  constructor(tokens: Tokens, range: TokenRange, scope: ConstantScope) {
    this.#tokens = tokens;
    this.#range = range;
    this.#scope = scope;
    this.#at = range.from;
  }

  whole(): ConstantValue | undefined {
    const value = this.#binary(1);
    return this.#at === this.#range.to ? value : undefined;
  }

  #kind(): number {
    return this.#at < this.#range.to ? this.#tokens.kinds[this.#at]! : kind.eof;
  }

  #text(): string {
    return this.#tokens.text.slice(this.#tokens.starts[this.#at], this.#tokens.ends[this.#at]);
  }

  #binary(minimal: number): ConstantValue | undefined {
    if (this.#depth > maximalDepth) return undefined;
    this.#depth++;
    let left = this.#unary();
    for (;;) {
      const operator = this.#kind() === kind.operator || this.#kind() === kind.star ? this.#text() : "";
      const precedence = precedences.get(operator);
      if (left === undefined || precedence === undefined || precedence < minimal) break;
      this.#at++;
      const right = this.#binary(precedence + 1);
      left = right === undefined ? undefined : combine(operator, left, right);
    }
    this.#depth--;
    return left;
  }

  #unary(): ConstantValue | undefined {
    if (this.#kind() !== kind.operator) return this.#operand();
    const operator = this.#text();
    this.#at++;
    const value = this.#binary(6);
    if (value?.kind !== "number") return undefined;
    if (operator === "+") return value;
    if (operator === "-") return { ...value, numerator: -value.numerator };
    // `^x` of a typed constant depends on its type: left undecided.
    const isInteger = operator === "^" && value.integral && !value.typed;
    return isInteger ? { ...value, numerator: -value.numerator - 1n } : undefined;
  }

  #operand(): ConstantValue | undefined {
    const current = this.#kind();
    const text = this.#text();
    this.#at++;
    switch (current) {
      case kind.int:
        return number(integerValue(text));
      case kind.rune:
        return number(runeValue(text));
      case kind.float: {
        const value = floatValue(text);
        return value === undefined ? undefined : { kind: "number", ...value, integral: false, typed: false };
      }
      case kind.string: {
        const value = stringValue(text);
        return value === undefined ? undefined : { kind: "string", text: value };
      }
      case kind.openParen:
        return this.#closed(this.#binary(1));
      case kind.name:
        return this.#name(text);
      default:
        return undefined;
    }
  }

  #closed(value: ConstantValue | undefined): ConstantValue | undefined {
    if (this.#kind() !== kind.closeParen) return undefined;
    this.#at++;
    return value;
  }

  #name(first: string): ConstantValue | undefined {
    let packageName: string | undefined;
    let name = first;
    if (this.#kind() === kind.dot) {
      this.#at++;
      if (this.#kind() !== kind.name) return undefined;
      packageName = first;
      name = this.#text();
      this.#at++;
    }
    if (this.#kind() !== kind.openParen) return this.#scope.constant(packageName, name);
    const target = this.#scope.conversion(packageName, name);
    this.#at++;
    if (packageName !== undefined && this.#scope.isUnsafe(packageName)) return this.#unsafe(name);
    if (target === undefined) return packageName === undefined ? this.#builtIn(name) : undefined;
    const argument = this.#closed(this.#binary(1));
    return argument === undefined ? undefined : convert(argument, target);
  }

  /** A call of a predeclared function, behind its opening parenthesis. */
  #builtIn(name: string): ConstantValue | undefined {
    switch (name) {
      case "len": {
        const start = this.#at;
        const text = this.#closed(this.#binary(1));
        if (text?.kind === "string") return counted(BigInt(utf8Length(text.text)));
        this.#at = start;
        return this.#arrayLength();
      }
      case "cap":
        return this.#arrayLength();
      case "min":
        return this.#extreme((order) => order < 0n);
      case "max":
        return this.#extreme((order) => order > 0n);
      default:
        return undefined;
    }
  }

  /** Of an array, or of one behind a pointer. */
  #arrayLength(): ConstantValue | undefined {
    const type = this.#argumentType();
    const array = type && pointedTo(type);
    return array?.kind === "array" ? counted(array.length) : undefined;
  }

  #unsafe(name: string): ConstantValue | undefined {
    const type = name === "Sizeof" || name === "Alignof" ? this.#argumentType() : undefined;
    const layout = type && this.#scope.layoutOf(type);
    if (layout?.exact !== true) return undefined;
    return counted(name === "Sizeof" ? layout.size : layout.alignment);
  }

  /** Of a single argument that need not be constant. */
  #argumentType(): GoType | undefined {
    const operand = this.#scope.operandAt(this.#at);
    if (operand === undefined) return undefined;
    this.#at = operand.next;
    if (this.#kind() !== kind.closeParen) return undefined;
    this.#at++;
    return operand.type;
  }

  /** `replaces` tells from the sign of their difference whether an argument takes the place of the one before. */
  #extreme(replaces: (order: bigint) => boolean): ConstantValue | undefined {
    let found: ConstantValue | undefined;
    for (;;) {
      const value = this.#binary(1);
      if (value?.kind !== "number") return undefined;
      const difference = found && combine("-", value, found);
      // All arguments come to have one type.
      const [typed, integral] = difference?.kind === "number" ? [difference.typed, difference.integral] : [value.typed, value.integral];
      if (found?.kind !== "number") found = value;
      else if (difference?.kind !== "number") return undefined;
      else found = { ...(replaces(difference.numerator) ? value : found), typed, integral };
      if (this.#kind() !== kind.comma) return this.#closed(found);
      this.#at++;
      if (this.#kind() === kind.closeParen) return this.#closed(found);
    }
  }
}

function counted(value: bigint): ConstantValue {
  return { kind: "number", numerator: value, denominator: 1n, integral: true, typed: true };
}

function number(value: bigint | undefined): ConstantValue | undefined {
  return value === undefined ? undefined : { kind: "number", numerator: value, denominator: 1n, integral: true, typed: false };
}

function convert(value: ConstantValue, target: "integer" | "float" | "string"): ConstantValue | undefined {
  if (value.kind === "string") return target === "string" ? value : undefined;
  if (target === "string") return undefined;
  const integral = target === "integer";
  if (integral && value.numerator % value.denominator !== 0n) return undefined;
  return {
    kind: "number",
    numerator: integral ? value.numerator / value.denominator : value.numerator,
    denominator: integral ? 1n : value.denominator,
    integral,
    typed: true,
  };
}

function combine(operator: string, left: ConstantValue, right: ConstantValue): ConstantValue | undefined {
  if (left.kind === "string" || right.kind === "string") {
    return operator === "+" && left.kind === "string" && right.kind === "string" && left.text.length + right.text.length <= maximalText
      ? { kind: "string", text: left.text + right.text }
      : undefined;
  }
  const typed = left.typed || right.typed;
  // A typed operand decides for both; of untyped ones a fraction does.
  const integral = left.typed ? left.integral : right.typed ? right.integral : left.integral && right.integral;
  const make = (numerator: bigint, denominator = 1n): ConstantValue | undefined =>
    isHuge(numerator) || isHuge(denominator) ? undefined : { kind: "number", ...reduce(numerator, denominator), integral, typed };
  const [a, b, c, d] = [left.numerator, left.denominator, right.numerator, right.denominator];
  switch (operator) {
    case "+":
      return make(a * d + c * b, b * d);
    case "-":
      return make(a * d - c * b, b * d);
    case "*":
      return make(a * c, b * d);
    case "/":
      if (c === 0n) return undefined;
      return integral ? make((a * d) / (b * c)) : make(a * d, b * c);
  }
  if (b !== 1n || d !== 1n) return undefined;
  switch (operator) {
    case "%":
      return c === 0n ? undefined : make(a % c);
    case "&":
      return make(a & c);
    case "|":
      return make(a | c);
    case "^":
      return make(a ^ c);
    case "&^":
      return make(a & ~c);
  }
  if (c < 0n || c > maximalBits) return undefined;
  // The type of a shift is that of its left operand.
  const shifted = operator === "<<" ? a << c : a >> c;
  return isHuge(shifted) ? undefined : { kind: "number", numerator: shifted, denominator: 1n, integral: true, typed: left.typed };
}

function isHuge(value: bigint): boolean {
  return (value < 0n ? -value : value) >> maximalBits > 0n;
}

function reduce(numerator: bigint, denominator: bigint): { numerator: bigint; denominator: bigint } {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = a === 0n ? 1n : a;
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}
