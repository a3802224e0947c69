/** Assignments: to numbers, enumerators, pointers and whole values in memory, and to globals of WebAssembly. */
import { type DataType, sizeOf, withoutAliases } from "#core/dwarf/data-type.ts";
import type { BitField, Variable } from "../symbols/module-symbols.ts";
import { typedValue } from "../values/fields.ts";
import { withoutReferences } from "../values/navigate.ts";
import { bytesOf } from "../values/parts.ts";
import type { ValueContext } from "../values/value.ts";
import { viewOf } from "../values/views.ts";
import { binary, isComparison, type TypedScalar } from "./arithmetic.ts";
import { converted, isTrue, wrapped } from "./convert-number.ts";
import { type Evaluation, noteChange } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { builtInType, isBoolean, type Scalar, shapeOf } from "./number-types.ts";
import { scalarValue, toScalar, typeOf, type Value } from "./operands.ts";
import { encoded } from "./scalar.ts";
import type { BinaryOperator, Step } from "./steps.ts";

/** `operator`: of `+=` and its like. Rejects with {@link ExpressionError} where it is not possible, or not allowed. */
export async function assign(operator: BinaryOperator | undefined, target: Value, source: Value, evaluation: Evaluation): Promise<Value> {
  const variable = toTarget(target, evaluation);
  if (operator === undefined) return write(variable, source, evaluation);
  const { context, rules } = evaluation;
  if (operator === "&&" || operator === "||" || operator === "@" || isComparison(operator))
    throw new ExpressionError(`${operator}= is no operator`);
  const old = await toScalar(target, context);
  const result = binary(operator, old, await toScalar(source, context, old.type), rules);
  return write(variable, scalarValue(backIn(old, result, evaluation)), evaluation);
}

/** `++` and `--`. */
export async function increment(
  { operator, isPrefix }: Extract<Step, { kind: "increment" }>,
  target: Value,
  evaluation: Evaluation,
): Promise<Value> {
  const variable = toTarget(target, evaluation);
  const { rules } = evaluation;
  const old = await toScalar(target, evaluation.context);
  const one: TypedScalar = { value: 1n, type: builtInType("int", rules.language)!, ...(rules.isC ? {} : { literal: 1n }) };
  const result = binary(operator, old, one, rules);
  const written = await write(variable, scalarValue(backIn(old, result, evaluation)), evaluation);
  return isPrefix ? written : scalarValue(old);
}

/** What was calculated, as the variable's type takes it: in C it wraps around, as every conversion does. */
function backIn(old: TypedScalar, { value }: TypedScalar, { rules }: Evaluation): TypedScalar {
  return rules.refusesOverflow ? { value, type: old.type } : { value: narrowed(converted(value, old.type), old), type: old.type };
}

function narrowed(value: Scalar, { bits, type }: TypedScalar): Scalar {
  if (bits === undefined || typeof value !== "bigint") return value;
  return shapeOf(type)?.kind === "signed" ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

function toTarget(target: Value, { effects }: Evaluation): Variable {
  if (!effects)
    throw new ExpressionError("an assignment changes the program: it is for the debug console, not for watches, hovers and conditions");
  if (target.kind === "variable") return target.variable;
  if (target.kind === "word") throw new ExpressionError(`there is no variable "${target.name}" here`);
  throw new ExpressionError("only a variable can be assigned to, not a result");
}

/** Gives what was written. Rejects with {@link ExpressionError}, which says why, where it is not possible. */
export async function write(target: Variable, source: Value, evaluation: Evaluation): Promise<Value> {
  const variable =
    target.value.kind === "memory" || target.value.kind === "bytes" ? await withoutReferences(target, evaluation.context) : target;
  const { name, value } = variable;
  const { frame, context } = evaluation;
  const { stop } = frame;
  const module = frame.module.engine;
  const global = value.kind === "wasm" || value.kind === "bytes" ? value.global : undefined;
  if (global !== undefined) {
    const scalar = await toScalar(source, context, typeOf({ kind: "variable", variable }));
    await writeGlobal(name, global, scalar.value, evaluation);
    noteChange(evaluation);
    return scalarValue(scalar);
  }
  switch (value.kind) {
    case "memory": {
      const all = await wholeValue(value.type, source, evaluation);
      const place = all ? value : await placeInside(variable, value, source, context);
      await stop.writeMemory(module, place.memoryIndex, place.address, all ?? (await number(place.type, source, name, evaluation)));
      noteChange(evaluation);
      return { kind: "variable", variable };
    }
    case "bytes": {
      if (!value.field) throw new ExpressionError(keptInLocal(name));
      const scalar = await toScalar(source, context, value.type);
      await writeBits(value.field, whole(scalar.value, value.type, value.field.bitSize, name), evaluation);
      noteChange(evaluation);
      return scalarValue({ ...scalar, type: value.type });
    }
    case "wasm":
      throw new ExpressionError(`${name} is a local of WebAssembly; engines let debuggers read those, but not write them`);
    case "unavailable":
      throw new ExpressionError(`${name} is not available: ${value.reason}`);
    case "go":
      throw new ExpressionError(`${name} is a variable of Go`);
  }
}

type MemoryValue = Extract<Variable["value"], { kind: "memory" }>;

/** Wrappings are looked through this deep. */
const depthLimit = 8;

/** Where a number for `variable` goes: into what an optional, an atomic, a box or a cell holds, but not in place of a box by another one. */
async function placeInside(variable: Variable, value: MemoryValue, source: Value, context: ValueContext): Promise<MemoryValue> {
  if (typeOf(source)?.name === value.type.name) return value;
  let place = value;
  let current = variable;
  for (let depth = 0; depth < depthLimit; depth++) {
    const view = await viewOf(current, place, place.type, context);
    if (view?.kind !== "wrapped" || view.inner?.value.kind !== "memory" || view.holds === false) break;
    current = view.inner;
    place = view.inner.value;
  }
  return place;
}

const keptInLocal = (name: string): string =>
  `${name} is kept in a local of WebAssembly, which engines do not let debuggers write; build without optimization (-O0) to have it in memory`;

/** Bytes of a value that is no number: a variable of the same type, or a text for an array of characters. */
async function wholeValue(type: DataType, source: Value, { context }: Evaluation): Promise<Uint8Array | undefined> {
  const plain = withoutAliases(type);
  const size = sizeOf(plain);
  const given = source.kind === "variable" ? typedValue(source.variable) : undefined;
  if (shapeOf(type) || !given || size === undefined) return undefined;
  const own = withoutAliases(given.type);
  if (plain.kind === "array" && own.kind === "array" && given.kind === "bytes" && sizeOf(plain.element) === 1) {
    const text = given.bytes;
    // C leaves out the zero behind the text where there is no room for it.
    if (text.length - 1 > size) throw new ExpressionError(`the text has ${text.length - 1} bytes, and there is room for ${size}`);
    const bytes = new Uint8Array(size);
    bytes.set(text.subarray(0, size));
    return bytes;
  }
  if (own.name !== plain.name || sizeOf(own) !== size) return undefined;
  const bytes = await bytesOf(given, size, context);
  return bytes && Uint8Array.from(bytes);
}

async function number(type: DataType, source: Value, name: string, { context }: Evaluation): Promise<Uint8Array> {
  const shape = shapeOf(type);
  if (!shape) throw new ExpressionError(`${name} is of type ${type.name}, which cannot be written as a whole; set what is inside of it`);
  const scalar = await toScalar(source, context, type);
  if (shape.kind === "float") return encoded(scalar.value, type);
  return encoded(whole(scalar.value, type, 8 * shape.size, name), type);
}

/** A negative number for an unsigned variable, or all bits of a signed one, are what a C compiler takes, too. */
function whole(value: Scalar, type: DataType, bits: number, name: string): bigint {
  if (isBoolean(type)) return isTrue(value) ? 1n : 0n;
  if (typeof value === "number" && !Number.isFinite(value))
    throw new ExpressionError(`${value} is no value for ${name}, which is an integer`);
  const exact = typeof value === "bigint" ? value : BigInt(Math.trunc(value));
  const high = 1n << BigInt(bits);
  const isSigned = shapeOf(type)?.kind === "signed";
  if (exact < (isSigned ? -high / 2n : -high) || exact >= high)
    throw new ExpressionError(`${exact} does not fit into ${name}, which has ${bits} bits`);
  return exact;
}

async function writeBits(
  { memoryIndex, address, bitOffset, bitSize }: BitField,
  value: bigint,
  { frame, context }: Evaluation,
): Promise<void> {
  const length = Math.ceil((bitOffset + bitSize) / 8);
  const bytes = Uint8Array.from(await context.memory.read(memoryIndex, address, length));
  if (bytes.length < length) throw new ExpressionError("the bit-field lies outside of the memory");
  for (let bit = 0; bit < bitSize; bit++) {
    const [at, mask] = [(bitOffset + bit) >> 3, 1 << ((bitOffset + bit) & 7)];
    const isSet = ((value >> BigInt(bit)) & 1n) === 1n;
    bytes[at] = isSet ? bytes[at]! | mask : bytes[at]! & ~mask;
  }
  await frame.stop.writeMemory(frame.module.engine, memoryIndex, address, bytes);
}

async function writeGlobal(name: string, index: number, value: Scalar, { frame: { module, stop } }: Evaluation): Promise<void> {
  const type = module.wasm.globals[index];
  if (!type?.mutable) throw new ExpressionError(`${name} is a constant of the module: it is not mutable`);
  const exportIndex = module.wasm.exports.findIndex((entry) => entry.kind === "global" && entry.index === index);
  if (exportIndex < 0)
    throw new ExpressionError(`${name} is not exported by the module; engines let debuggers write only exported globals`);
  switch (type.type) {
    case "i32":
    case "i64": {
      const size = type.type === "i32" ? 4 : 8;
      const declared: DataType = { kind: "base", name: type.type, size, encoding: "signed" };
      const bits = wrapped(whole(value, declared, 8 * size, name), { kind: "signed", size });
      return stop.writeGlobal(module.engine, exportIndex, size === 4 ? Number(bits) : bits);
    }
    case "f32":
    case "f64":
      return stop.writeGlobal(module.engine, exportIndex, Number(value));
    default:
      throw new ExpressionError(`${name} holds a vector or reference, which cannot be set`);
  }
}
