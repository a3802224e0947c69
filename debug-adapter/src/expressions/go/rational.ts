/** Fractions: Go's untyped constants are exact (go.dev/ref/spec#Constants). */

/** In lowest terms; the denominator is positive. */
export interface GoRational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function rational(numerator: bigint, denominator: bigint): GoRational {
  const divisor = greatestDivisor(numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator);
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

export const wholeRational = (value: bigint): GoRational => ({ numerator: value, denominator: 1n });

/** The value of a finite floating point number, exactly. */
export function rationalOf(value: number): GoRational {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const mantissa = (exponent === 0 ? fraction : fraction | (1n << 52n)) * (bits >> 63n === 0n ? 1n : -1n);
  const shift = BigInt(Math.max(exponent, 1) - 1075);
  return shift >= 0n ? wholeRational(mantissa << shift) : rational(mantissa, 1n << -shift);
}

/** The nearest floating point number, ties to even; infinite where it is too large. */
export function numberOf({ numerator, denominator }: GoRational): number {
  const top = numerator < 0n ? -numerator : numerator;
  let shift = 53 - (bitLength(top) - bitLength(denominator));
  if (bitLength(shifted(top, shift) / shifted(denominator, -shift)) > 53) shift--;
  // Below the normal numbers there are fewer bits.
  shift = Math.min(shift, 1074);
  const divisor = shifted(denominator, -shift);
  const dividend = shifted(top, shift);
  const quotient = dividend / divisor;
  const twice = 2n * (dividend % divisor);
  const up = twice > divisor || (twice === divisor && (quotient & 1n) === 1n);
  const value = Number(up ? quotient + 1n : quotient) * 2 ** -shift;
  return numerator < 0n ? -value : value;
}

const shifted = (value: bigint, bits: number): bigint => (bits > 0 ? value << BigInt(bits) : value);

export const bitLength = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length);

export function compareRational(left: GoRational, right: GoRational): number {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

export function addRational(left: GoRational, right: GoRational): GoRational {
  return rational(left.numerator * right.denominator + right.numerator * left.denominator, left.denominator * right.denominator);
}

export const negateRational = ({ numerator, denominator }: GoRational): GoRational => ({ numerator: -numerator, denominator });

export const multiplyRational = (left: GoRational, right: GoRational): GoRational =>
  rational(left.numerator * right.numerator, left.denominator * right.denominator);

/** `right` must not be zero. */
export const divideRational = (left: GoRational, right: GoRational): GoRational =>
  rational(left.numerator * right.denominator, left.denominator * right.numerator);

function greatestDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
