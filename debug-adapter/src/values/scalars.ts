import type { BaseType } from "#core/dwarf/data-type.ts";

/** Little-endian integer of any size. */
export function integerOf(bytes: Uint8Array, signed: boolean): bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at]!);
  return signed ? BigInt.asIntN(bytes.length * 8, value) : value;
}

/** A floating-point number of 2, 4, 8 or 16 bytes; `undefined` for other sizes. */
export function floatText(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (bytes.length) {
    case 2:
      return float64Text(narrowFloat(BigInt(view.getUint16(0, true)), 5, 10));
    case 4:
      return float32Text(view.getFloat32(0, true));
    case 8:
      return float64Text(view.getFloat64(0, true));
    case 16:
      return float64Text(narrowFloat(integerOf(bytes, false), 15, 112));
    default:
      return undefined;
  }
}

export function float64Text(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The shortest text that reads back as the same 32-bit number: 0.1, not 0.10000000149011612. */
export function float32Text(value: number): string {
  if (!Number.isFinite(value) || value === 0) return float64Text(value);
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(9)));
}

/** A binary number of IEEE 754's shape, rounded to 64 bits. */
function narrowFloat(bits: bigint, exponentBits: number, fractionBits: number): number {
  const fraction = Number(BigInt.asUintN(fractionBits, bits)) / 2 ** fractionBits;
  const exponent = Number(BigInt.asUintN(exponentBits, bits >> BigInt(fractionBits)));
  const sign = bits >> BigInt(exponentBits + fractionBits) === 1n ? -1 : 1;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 * bias + 1) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias);
}

/** A value of a base type, without quotes of characters; `undefined` where the type has no such size. */
export function scalarText(type: BaseType, bytes: Uint8Array): string | undefined {
  switch (type.encoding) {
    case "signed":
    case "signed-char":
      return String(integerOf(bytes, true));
    case "unsigned":
    case "unsigned-char":
    case "utf":
      return String(integerOf(bytes, false));
    case "boolean":
      return booleanText(integerOf(bytes, false));
    case "float":
      return floatText(bytes);
    case "complex":
      return complexText(bytes);
    case "address":
      return hexadecimal(integerOf(bytes, false));
    case "other":
      return undefined;
  }
}

/** Anything but 0 and 1 means that the variable has no value yet, or that memory was overwritten: the number tells. */
function booleanText(value: bigint): string {
  if (value === 0n) return "false";
  return value === 1n ? "true" : `true (${value})`;
}

function complexText(bytes: Uint8Array): string | undefined {
  const half = bytes.length / 2;
  const real = floatText(bytes.subarray(0, half));
  const imaginary = floatText(bytes.subarray(half));
  return real === undefined || imaginary === undefined ? undefined : `${real} + ${imaginary}i`;
}

export const hexadecimal = (value: bigint | number): string => `0x${value.toString(16)}`;
