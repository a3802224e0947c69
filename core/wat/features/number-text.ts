/** A number of the text in all the ways it can be looked at. */
import { floatBits, integerValue } from "../literal-number.ts";

const scratch = new DataView(new ArrayBuffer(8));

/** Rows of name and value; empty where the text is no such number. */
export function numberRows(written: string, type: "i32" | "i64" | "f32" | "f64"): readonly (readonly [name: string, value: string])[] {
  return type === "i32" || type === "i64" ? integerRows(written, type === "i32" ? 32 : 64) : floatRows(written, type === "f32" ? 32 : 64);
}

function integerRows(written: string, width: 32 | 64): (readonly [string, string])[] {
  if (!/^[+-]?[0-9]/.test(written)) return [];
  const bits = BigInt.asUintN(width, integerValue(written));
  const signed = BigInt.asIntN(width, bits);
  const rows: [string, string][] = [["Decimal", String(signed)]];
  if (signed < 0n) rows.push(["Unsigned", String(bits)]);
  rows.push(["Hexadecimal", `0x${bits.toString(16)}`], ["Binary", `0b${grouped(bits.toString(2))}`]);
  scratch.setBigUint64(0, bits);
  rows.push([`As f${width}`, floatText(width === 32 ? floatOf(Number(bits)) : scratch.getFloat64(0))]);
  const character = bits >= 0x20n && bits < 0x7fn ? String.fromCharCode(Number(bits)) : undefined;
  if (character !== undefined) rows.push(["Character", character]);
  return rows;
}

function floatOf(bits: number): number {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
}

function floatRows(written: string, width: 32 | 64): (readonly [string, string])[] {
  const bits = floatBits(written, width);
  if (bits === undefined) return [];
  scratch.setBigUint64(0, bits);
  const value = width === 32 ? floatOf(Number(bits)) : scratch.getFloat64(0);
  const digits = bits.toString(2).padStart(width, "0");
  const exponentEnd = width === 32 ? 9 : 12;
  const parts = `sign ${digits[0]!}, exponent ${digits.slice(1, exponentEnd)}, fraction ${digits.slice(exponentEnd)}`;
  const rows: [string, string][] = [
    ["Value", floatText(value)],
    ["Bits", `0x${bits.toString(16).padStart(width / 4, "0")}`],
    ["Parts", parts],
  ];
  const exact = Number.isFinite(value) ? exactText(value) : "";
  if (exact !== "" && exact.length < 60 && exact !== floatText(value)) rows.push(["Exactly", exact]);
  return rows;
}

function floatText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** All decimal digits of a float: it is a whole number of some power of two. */
function exactText(value: number): string {
  let [numerator, power] = [Math.abs(value), 0];
  while (!Number.isInteger(numerator) && power < 1100) [numerator, power] = [numerator * 2, power + 1];
  const digits = String(BigInt(numerator) * 5n ** BigInt(power)).padStart(power + 1, "0");
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const fraction = digits.slice(digits.length - power).replace(/0+$/, "");
  const whole = power === 0 ? digits : digits.slice(0, -power);
  return sign + whole + (power === 0 || fraction === "" ? "" : `.${fraction}`);
}

/** Groups of four digits from the right. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{4})+$)/g, "_");
}
