/** What `arithmetic.ts` calculates, as code for the engine: the same types, from the same rules. */
import type { DataType } from "#core/dwarf/data-type.ts";
import { type Arithmetic, arithmeticType, binary, comparisonType, conditionalType, isComparison, toOperand, unary } from "../arithmetic.ts";
import {
  builtInType,
  isBoolean,
  type NumberShape,
  type Operand,
  pointerOf,
  promoted,
  type Rules,
  shapeOf,
  strideOf,
} from "../number-types.ts";
import type { BinaryOperator, UnaryOperator } from "../steps.ts";
import { asBig, asNumber, comparable, floatCode, integerCode, NotCompiled, type NumberCode, truthOf } from "./engine-code.ts";

/** A number with its type. */
export type TypedCode = NumberCode & Operand;

/** The right operand of `&&` and `||` is evaluated only where it decides, as in the language. */
export function binaryCode(operator: BinaryOperator, left: TypedCode, right: TypedCode, rules: Rules): TypedCode {
  if (operator === "@") throw new NotCompiled("a list of values");
  if (operator === "&&" || operator === "||")
    return { form: "bool", text: `(${truthOf(left)}${operator}${truthOf(right)})`, type: rules.truth };
  const folded = literalOf(left) !== undefined && literalOf(right) !== undefined;
  if (folded) return constant(binary(operator, valueOf(left), valueOf(right), rules));
  if (isComparison(operator)) {
    const type = comparisonType(left, right, rules);
    const [one, other] = type ? [convertedCode(left, type, rules), convertedCode(right, type, rules)] : [left, right];
    return { form: "bool", text: `(${comparable(one)}${operator}${comparable(other)})`, type: rules.truth };
  }
  if (operator === "<<" || operator === ">>") return shiftCode(operator, left, right, rules);
  const moved = pointerCode(operator, left, right, rules);
  if (moved) return moved;
  const type = arithmeticType(operator, left, right, rules);
  const [one, other] = [convertedCode(left, type, rules), convertedCode(right, type, rules)];
  return { ...calculated(operator, one, other, shapeOf(type)!, rules), type };
}

const literalOf = ({ literal }: TypedCode): Operand["literal"] => literal;
const valueOf = (code: TypedCode): { readonly value: bigint | number } & Operand => ({
  value: code.literal!,
  type: code.type,
  literal: code.literal,
});

/** A number that is known already. */
export function constant({ value, type, literal }: { readonly value: bigint | number } & Operand): TypedCode {
  const code = typeof value === "bigint" ? integerCode(value) : floatCode(value);
  return { ...code, type, ...(literal === undefined ? {} : { literal }) };
}

function calculated(operator: Arithmetic, left: TypedCode, right: TypedCode, shape: NumberShape, rules: Rules): NumberCode {
  if (shape.kind === "float") {
    const text = `(${asNumber(left)}${operator}${asNumber(right)})`;
    return { form: "float", text: shape.size === 4 ? `Math.fround(${text})` : text };
  }
  if (shape.size === 8) return bounded({ form: "big", text: `(${asBig(left)}${operator}${asBig(right)})` }, shape, rules);
  if (shape.size > 8) throw new NotCompiled("a number of more than 64 bits");
  const [one, other] = [asNumber(left), asNumber(right)];
  switch (operator) {
    case "/":
      return bounded({ form: "int", text: `Math.trunc(${one}/points.present(${other}))` }, shape, rules);
    case "%":
      return { form: "int", text: `(${one}%points.present(${other}))` };
    case "*":
      // Products of 32 bits have more digits than a Number; the low ones are what is left after all.
      return bounded({ form: "int", text: rules.refusesOverflow ? `(${one}*${other})` : `Math.imul(${one},${other})` }, shape, rules);
    default:
      return bounded({ form: "int", text: `(${one}${operator}${other})` }, shape, rules);
  }
}

/** What does not fit wraps around, or is an error for the adapter to tell. */
function bounded(code: NumberCode, shape: NumberShape, rules: Rules): NumberCode {
  if (!rules.refusesOverflow) return wrappedCode(code, shape);
  const bits = BigInt(8 * shape.size);
  const [low, high] = shape.kind === "signed" ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
  const suffix = code.form === "big" ? "n" : "";
  return { form: code.form, text: `points.within(${code.text},${low}${suffix},${high}${suffix})` };
}

function wrappedCode({ form, text }: NumberCode, { kind, size }: NumberShape): NumberCode {
  const isSigned = kind === "signed";
  if (form === "big") return { form, text: `BigInt.${isSigned ? "asIntN" : "asUintN"}(${8 * size},${text})` };
  if (size === 4) return { form, text: `(${text}${isSigned ? "|0" : ">>>0"})` };
  return { form, text: isSigned ? `(${text}<<${32 - 8 * size}>>${32 - 8 * size})` : `(${text}&${2 ** (8 * size) - 1})` };
}

/** The number in another type, as `converted` has it. */
export function convertedCode(code: TypedCode, type: DataType, rules: Rules): TypedCode {
  const [from, to] = [shapeOf(code.type), shapeOf(type)];
  if (!from || !to) throw new NotCompiled("a value is no number");
  if (code.literal !== undefined) return constant({ value: toOperand({ ...code, value: code.literal }, type, rules), type });
  if (isBoolean(type)) return { form: "bool", text: truthOf(code), type };
  if (to.kind === "float") {
    if (to.size === 4 && from.kind !== "float" && from.size > 4) throw new NotCompiled("a number that is rounded once");
    return {
      form: "float",
      text: to.size === 4 && !(from.kind === "float" && from.size === 4) ? `Math.fround(${asNumber(code)})` : asNumber(code),
      type,
    };
  }
  if (from.kind === "float" || to.size > 8) throw new NotCompiled("a conversion");
  const holdsAll = to.kind === from.kind ? to.size >= from.size : from.kind === "unsigned" && to.size > from.size;
  if (to.size === 8) {
    const big: NumberCode = { form: "big", text: asBig(code) };
    return { ...(holdsAll ? big : wrappedCode(big, to)), type };
  }
  const int: NumberCode =
    code.form === "big" ? { form: "int", text: `Number(BigInt.asIntN(32,${code.text}))` } : { form: "int", text: asNumber(code) };
  return { ...(holdsAll && code.form !== "big" ? int : wrappedCode(int, to)), type };
}

function shiftCode(operator: "<<" | ">>", left: TypedCode, right: TypedCode, rules: Rules): TypedCode {
  const type = promoted(left, rules);
  const shape = shapeOf(type);
  const by = shapeOf(right.type);
  if (!shape || !by || shape.kind === "float" || by.kind === "float" || shape.size > 8 || left.literal !== undefined)
    throw new NotCompiled("a shift");
  const value = convertedCode(left, type, rules);
  const bits = 8 * shape.size;
  if (shape.size === 8) {
    const amount = `points.within(${asBig(right)},0n,${bits - 1}n)`;
    return { ...wrappedCode({ form: "big", text: `(${asBig(value)}${operator}${amount})` }, shape), type };
  }
  const amount = `points.within(${asNumber(right)},0,${bits - 1})`;
  const sign = operator === ">>" && shape.kind === "unsigned" ? ">>>" : operator;
  return { ...wrappedCode({ form: "int", text: `(${asNumber(value)}${sign}${amount})` }, shape), type };
}

/** Pointers move by elements, and their difference counts elements. */
function pointerCode(operator: Arithmetic, left: TypedCode, right: TypedCode, rules: Rules): TypedCode | undefined {
  const [one, other] = [pointerOf(left.type), pointerOf(right.type)];
  if (!one && !other) return undefined;
  if (operator === "-" && one && other) {
    const type = builtInType(rules.isC ? "long" : "isize", rules.language)!;
    return { form: "int", text: `Math.trunc((${asNumber(left)}-${asNumber(right)})/${strideOf(one)})`, type };
  }
  const pointer = one ?? other!;
  if ((operator !== "+" && operator !== "-") || (one && other) || (operator === "-" && other) || pointer.size !== 4)
    throw new NotCompiled("pointers");
  const [from, by] = one ? [left, right] : [right, left];
  if (shapeOf(by.type)?.kind === "float") throw new NotCompiled("pointers");
  return { form: "int", text: `((${asNumber(from)}${operator}${asNumber(by)}*${strideOf(pointer)})>>>0)`, type: from.type };
}

/** `a ? b : c` of numbers. */
export function conditionalCode(condition: TypedCode, left: TypedCode, right: TypedCode, rules: Rules): TypedCode {
  const type = conditionalType(left, right, rules);
  const [one, other] = [convertedCode(left, type, rules), convertedCode(right, type, rules)];
  if (one.form !== other.form) throw new NotCompiled("values of two kinds");
  return { form: one.form, text: `(${truthOf(condition)}?${one.text}:${other.text})`, type };
}

export function unaryCode(operator: Exclude<UnaryOperator, "*" | "&">, value: TypedCode, rules: Rules): TypedCode {
  if (value.literal !== undefined) return constant(unary(operator, valueOf(value), rules));
  const shape = shapeOf(value.type);
  if (!shape) throw new NotCompiled("a value is no number");
  if (operator === "!" && (!rules.invertsByNot || isBoolean(value.type) || shape.kind === "float"))
    return { form: "bool", text: `(!${truthOf(value)})`, type: rules.truth };
  if (pointerOf(value.type)) throw new NotCompiled("pointers");
  const type = promoted(value, rules);
  const code = convertedCode(value, type, rules);
  const own = shapeOf(type)!;
  if (operator === "+") return code;
  if (own.kind === "float") {
    if (operator !== "-") throw new NotCompiled("an integer is needed");
    return { form: "float", text: `(-${code.text})`, type };
  }
  if (operator === "-")
    return {
      ...bounded(own.size === 8 ? { form: "big", text: `(-${asBig(code)})` } : { form: "int", text: `(-${asNumber(code)})` }, own, rules),
      type,
    };
  return {
    ...wrappedCode(own.size === 8 ? { form: "big", text: `(~${asBig(code)})` } : { form: "int", text: `(~${asNumber(code)})` }, own),
    type,
  };
}
