/** From typed values to what can be calculated with, and back. */
import { commonOf, isIntegerKind, isUnsignedKind, type GoType } from "#core/go/layouts/go-type.ts";
import type { GoLoader } from "../../values/go/load.ts";
import { readBytes, readWords, viewOf } from "../../values/go/memory-words.ts";
import type { ScratchMemory } from "../../values/go/scratch-memory.ts";
import { integerOf } from "../../values/scalars.ts";
import { ExpressionError } from "../expression-error.ts";
import { constantText, defaultType, type GoConstant, intConstant, partsOf, truncated } from "./constants.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import { type GoRational, numberOf, rationalOf } from "./rational.ts";
import type { GoScope } from "./scope.ts";
import type { GoCaller } from "./caller.ts";
import { findType } from "./types.ts";

/** What an evaluation works with. */
export interface Evaluation {
  readonly scope: GoScope;
  readonly loader: GoLoader;
  readonly scratch: ScratchMemory;
  /** Only what is known already counts; nobody is asked for more. */
  readonly quick?: boolean;
  /** Missing where nothing may be called. */
  readonly calls?: GoCaller;
}

/** Bytes of strings that are calculated with. */
const longestString = 1024 * 1024;

/** A number, truth value or string; `undefined` for values that are none. Rejects where it cannot be read. */
export async function constantOf(evaluation: Evaluation, operand: GoOperand): Promise<GoConstant | undefined> {
  if (operand.kind === "constant") return operand.constant;
  if (operand.kind === "nil") return undefined;
  const { type, address } = operand;
  const { memory } = evaluation.loader;
  if (isIntegerKind(type.kind)) return intConstant(integerOf(await readBytes(memory, address, type.size), !isUnsignedKind(type.kind)));
  switch (type.kind) {
    case "bool":
      return { kind: "bool", value: (await readBytes(memory, address, 1))[0] !== 0 };
    case "float32":
    case "float64":
      return { kind: "float", value: floatAt(await readBytes(memory, address, type.size), 0, type.size) };
    case "complex64":
    case "complex128": {
      const half = type.size / 2;
      const bytes = await readBytes(memory, address, type.size);
      return { kind: "complex", real: floatAt(bytes, 0, half), imaginary: floatAt(bytes, half, half) };
    }
    case "string": {
      const [base, length] = await readWords(memory, address, 2);
      if (length! < 0) throw new ExpressionError(`invalid length: ${length}`);
      if (length! > longestString) throw new ExpressionError(`the string of ${length} bytes is too long to be calculated with`);
      return { kind: "string", value: await readBytes(memory, base!, length!) };
    }
    default:
      return undefined;
  }
}

function floatAt(bytes: Uint8Array, offset: number, size: number): GoRational {
  const value = size === 4 ? viewOf(bytes).getFloat32(offset, true) : viewOf(bytes).getFloat64(offset, true);
  if (!Number.isFinite(value)) throw new ExpressionError("operations on non-finite floats not implemented");
  return rationalOf(value);
}

/** A typed value, which is the constant's own type where nothing says another. */
export function toValue(evaluation: Evaluation, operand: Exclude<GoOperand, { kind: "nil" }>): GoValueOperand {
  if (operand.kind === "value") return operand;
  const { constant } = operand;
  const value = typedValue(evaluation, constant, basicType(evaluation, defaultType(constant)));
  if (constant.kind !== "int" || constant.value <= largestInteger) return value;
  return { ...typedValue(evaluation, intConstant(largestInteger), value.type), exact: constant.value };
}

const largestInteger = 2n ** 64n - 1n;

export function basicType({ scope }: Evaluation, name: string): GoType {
  const { types } = scope.program;
  return types.get(findType(types, name)!)!;
}

/** A value of the type, as conversions and assignments make it: integers lose their upper bits, floats are rounded. */
export function typedValue(evaluation: Evaluation, constant: GoConstant, type: GoType): GoValueOperand {
  return resultAt(evaluation.scratch.place(bytesOf(evaluation, constant, type)), type);
}

export const resultAt = (address: number, type: GoType): GoValueOperand => ({ kind: "value", name: "", type, address });

/** As the value lies in memory; bytes of a string lie in the evaluation's own. */
export function bytesOf({ scratch }: Evaluation, constant: GoConstant, type: GoType): Uint8Array {
  const bytes = new Uint8Array(type.size);
  const view = viewOf(bytes);
  const parts = partsOf(constant);
  if (isIntegerKind(type.kind) && parts) {
    return integerBytes(constant.kind === "int" ? constant.value : truncated(parts.real), type.size);
  }
  const half = type.size / 2;
  switch (type.kind) {
    case "bool":
      if (constant.kind === "bool") bytes[0] = Number(constant.value);
      return bytes;
    case "float32":
    case "float64":
      if (parts) setFloat(view, 0, type.size, parts.real);
      return bytes;
    case "complex64":
    case "complex128":
      if (parts) setFloat(view, 0, half, parts.real);
      if (parts) setFloat(view, half, half, parts.imaginary);
      return bytes;
    case "string":
      return constant.kind === "string" ? words(scratch.place(constant.value), constant.value.length) : bytes;
    default:
      throw new ExpressionError(`a constant cannot be a value of type ${type.name}`);
  }
}

function setFloat(view: DataView, offset: number, size: number, value: GoRational): void {
  if (size === 4) view.setFloat32(offset, numberOf(value), true);
  else view.setFloat64(offset, numberOf(value), true);
}

/** Little-endian; bits beyond `size` bytes are dropped. */
export function integerBytes(value: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let rest = BigInt.asUintN(8 * size, value);
  for (let at = 0; at < size; at++, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

/** 64-bit words one behind the other: a pointer, the head of a string or slice. */
export function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  for (const [at, value] of values.entries()) viewOf(bytes).setBigUint64(8 * at, BigInt(value), true);
  return bytes;
}

/** As `TypeString` of Delve names it. */
export function typeNameOf(operand: GoOperand): string {
  if (operand.kind === "nil") return "nil";
  return operand.kind === "constant" ? defaultType(operand.constant) : operand.type.name;
}

/** Go's `reflect.Kind` in words. */
export function kindName(operand: GoOperand): string {
  if (operand.kind === "nil") return "ptr";
  if (operand.kind === "constant") return defaultType(operand.constant);
  return operand.type.kind === "pointer" ? "ptr" : operand.type.kind;
}

/** The number that an index or bound is. */
export async function indexOf(evaluation: Evaluation, operand: GoOperand): Promise<number> {
  const constant = await constantOf(evaluation, operand);
  if (constant?.kind === "int") return Number(BigInt.asIntN(64, constant.value));
  if (operand.kind === "constant") throw new ExpressionError(`can not convert constant ${constantText(operand.constant)} to int`);
  throw new ExpressionError(`can not convert value of type ${typeNameOf(operand)} to int`);
}

/** A value of one byte of a string, whose type Delve calls so. */
export const byteType: GoType = { ...commonOf("byte", 1, 1), kind: "uint8" };
