import { type DataType, withoutAliases } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import type { ValueContext } from "../values/value.ts";
import { ExpressionError } from "./expression-error.ts";

/** A number that expressions calculate with. */
export type Scalar = number | bigint;

/** The number that a variable is: integers, characters, booleans, enumerators and addresses are `bigint`. Throws {@link ExpressionError}. */
export async function scalarOf(variable: Variable, context: ValueContext): Promise<Scalar> {
  const { value } = variable;
  switch (value.kind) {
    case "unavailable":
      throw new ExpressionError(`${variable.name} is not available: ${value.reason}`);
    case "wasm":
      if ("text" in value.value) throw new ExpressionError(`${variable.name} is no number`);
      return value.value.type === "i32" ? BigInt(value.value.value) : value.value.value;
    case "memory": {
      const size = sizeOf(value.type, variable.name);
      return decode(await context.memory.read(value.memoryIndex, value.address, size), value.type, variable.name);
    }
    case "go":
      throw new ExpressionError(`${variable.name} is a variable of Go`);
    case "bytes":
      return decode(value.bytes, value.type, variable.name);
  }
}

function sizeOf(type: DataType, name: string): number {
  const plain = withoutAliases(type);
  if (plain.kind === "base" || plain.kind === "pointer" || plain.kind === "enum") return plain.size;
  throw new ExpressionError(`${name} is a value of type ${type.name}, not a number`);
}

function decode(bytes: Uint8Array, type: DataType, name: string): Scalar {
  const plain = withoutAliases(type);
  const size = sizeOf(type, name);
  if (bytes.length < size) throw new ExpressionError(`${name} lies outside of the memory`);
  if (plain.kind === "base" && plain.encoding === "float") return decodeFloat(bytes, size, name);
  if (size > 16) throw new ExpressionError(`${name} is a value of type ${type.name}, not a number`);
  let value = 0n;
  for (let at = size - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at]!);
  const signed = plain.kind === "enum" ? plain.signed : plain.kind === "base" && plain.encoding.startsWith("signed");
  return signed ? BigInt.asIntN(size * 8, value) : value;
}

function decodeFloat(bytes: Uint8Array, size: number, name: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 4) return view.getFloat32(0, true);
  if (size === 8) return view.getFloat64(0, true);
  throw new ExpressionError(`${name} is a floating point number of ${size * 8} bits, which cannot be calculated with`);
}
