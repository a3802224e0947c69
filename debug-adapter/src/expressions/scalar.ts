import { type DataType, withoutAliases } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { typedValue } from "../values/fields.ts";
import { withoutReferences } from "../values/navigate.ts";
import type { ValueContext } from "../values/value.ts";
import { viewOf } from "../values/views.ts";
import type { TypedScalar } from "./arithmetic.ts";
import { ExpressionError } from "./expression-error.ts";
import { builtInType, pointerTo, type Scalar, shapeOf } from "./number-types.ts";

/** Wrappings are looked through this deep. */
const depthLimit = 8;

/** The number that a variable is; an array is the address of its first element. Throws {@link ExpressionError}. */
export async function scalarOf(variable: Variable, context: ValueContext): Promise<TypedScalar> {
  const { name, value: own } = variable;
  if (own.kind === "unavailable") throw new ExpressionError(`${name} is not available: ${own.reason}`);
  if (own.kind === "go") throw new ExpressionError(`${name} is a variable of Go`);
  if (own.kind === "wasm") {
    if ("text" in own.value) throw new ExpressionError(`${name} is no number`);
    const { type, value } = own.value;
    return { value: type === "i32" ? BigInt(value) : value, type: builtInType(type, "wat")! };
  }
  const inner = await withoutWrappings(await withoutReferences(variable, context), context);
  const value = typedValue(inner) ?? own;
  const { type } = value;
  const plain = withoutAliases(type);
  if (plain.kind === "array" && value.kind === "memory")
    return { value: BigInt(value.address), type: pointerTo(plain.element, variable.language) };
  if (plain.kind === "struct") {
    const view = await viewOf(variable, value, type, context);
    if (view?.kind === "pointer") {
      const target = view.target && typedValue(view.target);
      return { value: BigInt(view.address), type: pointerTo(target?.type, variable.language) };
    }
  }
  const size = shapeOf(type)?.size;
  if (size === undefined) throw new ExpressionError(`${name} is a value of type ${type.name}, not a number`);
  const bytes = value.kind === "bytes" ? value.bytes : await context.memory.read(value.memoryIndex, value.address, size);
  const bits = value.kind === "bytes" ? value.field?.bitSize : undefined;
  return { value: decode(bytes, type, name), type, ...(bits === undefined ? {} : { bits }) };
}

/** What is in a type that is used like the value in it, such as `std::atomic` and `NonZero`. */
async function withoutWrappings(variable: Variable, context: ValueContext): Promise<Variable> {
  let current = variable;
  for (let depth = 0; depth < depthLimit; depth++) {
    const value = typedValue(current);
    const type = value && withoutAliases(value.type);
    const view = value && type?.kind === "struct" ? await viewOf(current, value, type, context) : undefined;
    if (view?.kind !== "wrapped" || !view.inner || view.none !== "" || view.label !== undefined) break;
    current = view.inner;
  }
  return current;
}

function decode(bytes: Uint8Array, type: DataType, name: string): Scalar {
  const { kind, size } = shapeOf(type)!;
  if (bytes.length < size) throw new ExpressionError(`${name} lies outside of the memory`);
  if (kind === "float") return decodeFloat(bytes, size, name);
  if (size > 16) throw new ExpressionError(`${name} is a value of type ${type.name}, not a number`);
  let value = 0n;
  for (let at = size - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at]!);
  return kind === "signed" ? BigInt.asIntN(size * 8, value) : value;
}

function decodeFloat(bytes: Uint8Array, size: number, name: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 4) return view.getFloat32(0, true);
  if (size === 8) return view.getFloat64(0, true);
  throw new ExpressionError(`${name} is a floating point number of ${size * 8} bits, which cannot be calculated with`);
}

/** A number of `type` as it lies in memory; it must be one that the type can hold. Throws {@link ExpressionError}. */
export function encoded(value: Scalar, type: DataType): Uint8Array {
  const shape = shapeOf(type);
  if (!shape) throw new ExpressionError(`${type.name} is no type of numbers`);
  const bytes = new Uint8Array(shape.size);
  const view = new DataView(bytes.buffer);
  if (shape.kind === "float") {
    if (shape.size === 4) view.setFloat32(0, Number(value), true);
    else if (shape.size === 8) view.setFloat64(0, Number(value), true);
    else throw new ExpressionError(`floating point numbers of ${shape.size * 8} bits cannot be written`);
    return bytes;
  }
  let rest = BigInt.asUintN(8 * shape.size, BigInt(value));
  for (let at = 0; at < shape.size; at++, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}
