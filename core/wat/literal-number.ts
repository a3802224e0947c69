/** Numbers of the text format: their forms, values and ranges. Source: WebAssembly 3.0, 6.3.1 "Integers" and 6.3.2 "Floating-Point". */
import { Token } from "./token.ts";

const integerForm = /[+-]?(?:0x[0-9a-fA-F](?:_?[0-9a-fA-F])*|[0-9](?:_?[0-9])*)$/y;
const floatForm =
  /[+-]?(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?|0x[0-9a-fA-F](?:_?[0-9a-fA-F])*(?:\.(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?)?(?:[pP][+-]?[0-9](?:_?[0-9])*)?|inf|nan|nan:0x[0-9a-fA-F](?:_?[0-9a-fA-F])*|nan:canonical|nan:arithmetic)$/y;
const naturalForm = /(?:0x[0-9a-fA-F](?:_?[0-9a-fA-F])*|[0-9](?:_?[0-9])*)$/y;

/** Tag of a run of identifier characters that is no word of the language: a number, `offset=`, `align=`, or unknown. */
export function numberTag(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  const digit = first >= 0x30 && first <= 0x39;
  if (digit && allDigits(text, start + 1, end)) return Token.natural;
  const signed = first === 0x2b || first === 0x2d;
  if (signed && end > start + 1 && allDigits(text, start + 1, end)) return Token.integer;
  if (first === 0x6f && text.startsWith("offset=", start)) return isNatural(text, start + 7, end) ? Token.offset : Token.unknown;
  if (first === 0x61 && text.startsWith("align=", start)) return isNatural(text, start + 6, end) ? Token.align : Token.unknown;
  if (!signed && !digit && first !== 0x69 && first !== 0x6e) return Token.unknown;
  const written = text.slice(start, end);
  if (matches(integerForm, written, 0)) return signed ? Token.integer : Token.natural;
  return matches(floatForm, written, 0) ? Token.float : Token.unknown;
}

/** Most numbers are plain digits, for which no text needs to be cut out. */
function isNatural(text: string, start: number, end: number): boolean {
  return start < end && (allDigits(text, start, end) || matches(naturalForm, text.slice(start, end), 0));
}

function allDigits(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

function matches(form: RegExp, text: string, at: number): boolean {
  form.lastIndex = at;
  return form.test(text);
}

/** Value of a `natural` token; beyond 2 ** 53 only roughly, which is enough to tell that it is too large. */
export function naturalValue(text: string, start: number, end: number): number {
  if (end - start > 15) return Number(integerValue(text.slice(start, end)));
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return Number(integerValue(text.slice(start, end)));
    value = value * 10 + digit;
  }
  return value;
}

/** Value of an integer token such as `-0x1_F`. */
export function integerValue(written: string): bigint {
  const digits = written.replaceAll("_", "");
  if (digits.startsWith("-")) return -BigInt(digits.slice(1));
  return BigInt(digits.startsWith("+") ? digits.slice(1) : digits);
}

/** Whether an integer fits `bits` bits, read as signed or, if it is not negative, as unsigned. */
export function fitsBits(value: bigint, bits: number): boolean {
  return value >= -(1n << BigInt(bits - 1)) && value < 1n << BigInt(bits);
}

/** Precision and exponent range of an IEEE 754 format. */
interface FloatFormat {
  /** Bits of the whole number. */
  readonly width: 32 | 64;
  /** Bits of the significand that are stored. */
  readonly stored: number;
  /** Exponent of the smallest subnormal's last bit: 1 unit is 2 ** `smallest`. */
  readonly smallest: number;
  /** Biased exponent of infinity and NaN. */
  readonly special: number;
}

const float32: FloatFormat = { width: 32, stored: 23, smallest: -149, special: 0xff };
const float64: FloatFormat = { width: 64, stored: 52, smallest: -1074, special: 0x7ff };

/**
 * Bit pattern of a number token (integer or float form) as f32 or f64, rounded to nearest, ties to even. `undefined` where the number is
 * beyond the largest finite one, where a NaN payload does not fit, or for `nan:canonical` and `nan:arithmetic`.
 */
export function floatBits(written: string, width: 32 | 64): bigint | undefined {
  const format = width === 32 ? float32 : float64;
  const negative = written.startsWith("-");
  const unsigned = negative || written.startsWith("+") ? written.slice(1) : written;
  const magnitude = magnitudeBits(unsigned.replaceAll("_", ""), format);
  if (magnitude === undefined) return undefined;
  return negative ? magnitude | (1n << BigInt(width - 1)) : magnitude;
}

function magnitudeBits(digits: string, format: FloatFormat): bigint | undefined {
  const infinity = BigInt(format.special) << BigInt(format.stored);
  if (digits === "inf") return infinity;
  if (digits === "nan") return infinity | (1n << BigInt(format.stored - 1));
  if (digits.startsWith("nan:0x")) {
    const payload = BigInt(digits.slice("nan:".length));
    return payload > 0n && payload < 1n << BigInt(format.stored) ? infinity | payload : undefined;
  }
  if (digits.startsWith("nan:")) return undefined;
  const bits = digits.startsWith("0x") ? hexBits(digits.slice(2), format) : decimalBits(digits, format);
  return bits < infinity ? bits : undefined;
}

function hexBits(digits: string, format: FloatFormat): bigint {
  const [mantissa = "", exponent = "0"] = digits.split(/[pP]/);
  const [whole = "", fraction = ""] = mantissa.split(".");
  const significand = BigInt(`0x${whole}${fraction}`);
  if (significand === 0n) return 0n;
  return roundRatio(significand, 1n, clampExponent(exponent) - 4 * fraction.length, format);
}

const scratch = new DataView(new ArrayBuffer(8));

function decimalBits(digits: string, format: FloatFormat): bigint {
  const nearest = Number(digits);
  scratch.setFloat64(0, nearest);
  if (format.width === 64) return scratch.getBigUint64(0);
  // Rounding the double once more is wrong only where the double lies exactly half-way between two floats; then the decimal decides.
  const isHalfWay = (scratch.getUint32(4) & 0x1fffffff) === 0x10000000 || nearest < 2 ** -125;
  if (!isHalfWay) {
    scratch.setFloat32(0, nearest);
    return BigInt(scratch.getUint32(0));
  }
  const [mantissa = "", exponent = "0"] = digits.split(/[eE]/);
  const [whole = "", fraction = ""] = mantissa.split(".");
  const significand = BigInt(whole + fraction);
  if (significand === 0n) return 0n;
  const power = clampExponent(exponent) - fraction.length;
  // A number this small is 0 whatever its digits are, and its power of ten would be huge.
  if (power + whole.length + fraction.length < -400) return 0n;
  return power < 0
    ? roundRatio(significand, 10n ** BigInt(-power), 0, format)
    : roundRatio(significand * 10n ** BigInt(power), 1n, 0, format);
}

/** Exponents beyond any float are cut, so that no shift gets as long as a text can claim. */
function clampExponent(digits: string): number {
  return Math.max(-1_000_000, Math.min(1_000_000, Number(digits)));
}

/** Bit pattern of `numerator / denominator * 2 ** exponent`, which must not be 0; values too large give infinity's pattern or a larger one. */
function roundRatio(numerator: bigint, denominator: bigint, exponent: number, format: FloatFormat): bigint {
  const magnitude = bitLength(numerator) - bitLength(denominator) + exponent;
  if (magnitude > 1100) return BigInt(format.special) << BigInt(format.stored);
  if (magnitude < format.smallest - 2) return 0n;
  // Take enough bits that the last one is the format's last bit; `unit` is the exponent of that bit.
  let unit = Math.max(format.smallest, magnitude - 1 - format.stored);
  let rounded = divideToEven(numerator, denominator, exponent - unit);
  if (rounded >= 1n << BigInt(format.stored + 1)) {
    unit++;
    rounded = divideToEven(numerator, denominator, exponent - unit);
  }
  // An exponent field of 0 and of 1 share a unit: adding the significand with its leading bit carries into the field by itself.
  return (BigInt(unit - format.smallest) << BigInt(format.stored)) + rounded;
}

/** `numerator / denominator * 2 ** shift`, rounded to nearest, ties to even. */
function divideToEven(numerator: bigint, denominator: bigint, shift: number): bigint {
  const dividend = shift > 0 ? numerator << BigInt(shift) : numerator;
  const divisor = shift < 0 ? denominator << BigInt(-shift) : denominator;
  const quotient = dividend / divisor;
  const twice = 2n * (dividend % divisor);
  const up = twice > divisor || (twice === divisor && (quotient & 1n) === 1n);
  return up ? quotient + 1n : quotient;
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
