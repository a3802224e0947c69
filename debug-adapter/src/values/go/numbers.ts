/** Numbers as Go prints them. */
import { isIntegerKind, isUnsignedKind, type GoBasicKind } from "#core/go/layouts/go-type.ts";
import { float32Text, integerOf } from "../scalars.ts";

/** The shortest decimal that reads back as the number, never with an exponent (strconv.FormatFloat with 'f', -1). Go's constants know no negative zero. */
function goFloatText(value: number, bits: 32 | 64): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value === 0) return "0";
  return withoutExponent(bits === 32 ? float32Text(value) : String(value));
}

function withoutExponent(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign, whole, fraction = "", exponent] = match;
  const digits = whole! + fraction;
  const point = whole!.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}${point < digits.length ? `.${digits.slice(point)}` : ""}`;
}

export interface ScalarValue {
  readonly text: string;
  /** Of an integer. */
  readonly number?: bigint;
}

/** `undefined` for kinds that are no scalars. */
export function scalarValue(kind: GoBasicKind, bytes: Uint8Array): ScalarValue | undefined {
  if (isIntegerKind(kind)) {
    const number = integerOf(bytes, !isUnsignedKind(kind));
    return { text: String(number), number };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (kind) {
    case "bool":
      return { text: bytes[0] === 0 ? "false" : "true" };
    case "float32":
      return { text: goFloatText(view.getFloat32(0, true), 32) };
    case "float64":
      return { text: goFloatText(view.getFloat64(0, true), 64) };
    default:
      return undefined;
  }
}

/** Real and imaginary part. */
export function complexParts(bytes: Uint8Array): readonly [string, string] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length === 8
    ? [goFloatText(view.getFloat32(0, true), 32), goFloatText(view.getFloat32(4, true), 32)]
    : [goFloatText(view.getFloat64(0, true), 64), goFloatText(view.getFloat64(8, true), 64)];
}
