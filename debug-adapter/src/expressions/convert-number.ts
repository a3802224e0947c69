/** Conversions between numbers of different types. */
import { type DataType } from "#core/dwarf/data-type.ts";
import { isBoolean, type NumberShape, type Scalar, shapeOf } from "./number-types.ts";

/** The value as one of `type`, which is a number's: integers wrap around, as in a cast of C; what no integer can hold of a float is cut off at its ends. */
export function converted(value: Scalar, type: DataType): Scalar {
  const shape = shapeOf(type);
  if (!shape) return value;
  if (isBoolean(type)) return isTrue(value) ? 1n : 0n;
  if (shape.kind === "float") return shape.size === 4 ? toFloat32(value) : Number(value);
  return typeof value === "bigint" ? wrapped(value, shape) : saturated(value, shape);
}

export function wrapped(value: bigint, { kind, size }: NumberShape): bigint {
  return kind === "signed" ? BigInt.asIntN(8 * size, value) : BigInt.asUintN(8 * size, value);
}

export const isTrue = (value: Scalar): boolean => (typeof value === "bigint" ? value !== 0n : value !== 0);

function saturated(value: number, { kind, size }: NumberShape): bigint {
  if (Number.isNaN(value)) return 0n;
  const bits = BigInt(8 * size);
  const low = kind === "signed" ? -(1n << (bits - 1n)) : 0n;
  const high = (kind === "signed" ? 1n << (bits - 1n) : 1n << bits) - 1n;
  if (value <= Number(low)) return low;
  if (value >= Number(high)) return high;
  return BigInt(Math.trunc(value));
}

/** Rounded once: by way of 64 bits a large integer would be rounded twice. */
function toFloat32(value: Scalar): number {
  if (typeof value === "number") return Math.fround(value);
  const magnitude = value < 0n ? -value : value;
  const excess = magnitude.toString(2).length - 40;
  if (excess <= 0) return Math.fround(Number(value));
  // What is cut off only matters by being there.
  const rest = magnitude & ((1n << BigInt(excess)) - 1n);
  const kept = (magnitude >> BigInt(excess)) | (rest === 0n ? 0n : 1n);
  return Math.fround(Number(value < 0n ? -kept : kept) * 2 ** excess);
}
