/** Literals of C (C23 6.4.4), C++, Rust ("Tokens" in its reference), Zig and AssemblyScript. */
import type { Language } from "../symbols/module-symbols.ts";
import { ExpressionError } from "./expression-error.ts";
import type { Literal } from "./steps.ts";

/** `5u8`, `1_000_usize`, `2.5_f32`. */
const typedNumber = /^(.*?)_*([iu](?:8|16|32|64|128|size)|f(?:32|64))$/i;
const suffixesOfC: Readonly<Record<string, string>> = {
  u: "unsigned int",
  l: "long",
  ul: "unsigned long",
  lu: "unsigned long",
  ll: "long long",
  ull: "unsigned long long",
  llu: "unsigned long long",
  z: "long",
  uz: "unsigned long",
  zu: "unsigned long",
};

/** Throws {@link ExpressionError} where `text` is no number. */
export function numberLiteral(text: string, language: Language): Literal {
  const isHexadecimal = /^0x/i.test(text);
  const [, digits = text, type] =
    (isHexadecimal ? undefined : typedNumber.exec(text)) ?? /^(0x[0-9a-f_']*?)_*([iu](?:8|16|32|64|128|size))$/i.exec(text) ?? [];
  const plain = digits.replaceAll(/[_']/g, "");
  if (type !== undefined) return typedLiteral(plain, type.toLowerCase(), text);
  if (isHexadecimal && /p/i.test(plain))
    return { kind: "number", value: hexadecimalFloat(plain), type: floatType(plain), isDecimal: false };
  const [, whole, suffix = ""] = /^(0x[0-9a-f]+|0b[01]+|0o[0-7]+|\d+)([ulz]*)$/i.exec(plain) ?? [];
  if (whole !== undefined) {
    const type = suffix === "" ? undefined : suffixesOfC[suffix.toLowerCase()];
    if (suffix !== "" && type === undefined) throw new ExpressionError(`"${text}" is no number`);
    return { kind: "number", value: integerOf(whole, language, text), type, isDecimal: !/^0./.test(whole) };
  }
  if (!/^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[fl]?$/i.test(plain)) throw new ExpressionError(`"${text}" is no number`);
  return { kind: "number", value: Number(plain.replace(/[fl]$/i, "")), type: floatType(plain), isDecimal: true };
}

function typedLiteral(digits: string, type: string, text: string): Literal {
  if (!type.startsWith("f")) return { kind: "number", value: integerOf(digits, "rust", text), type, isDecimal: true };
  const value = Number(digits);
  if (digits === "" || !Number.isFinite(value)) throw new ExpressionError(`"${text}" is no number`);
  return { kind: "number", value: type === "f32" ? Math.fround(value) : value, type, isDecimal: true };
}

/** A number that begins with 0 is an octal one in C alone. */
function integerOf(digits: string, language: Language, text: string): bigint {
  const isOctal = (language === "c" || language === "c++") && /^0\d/.test(digits);
  const prefixed = isOctal ? `0o${digits.slice(1)}` : digits.replace(/^0[XBO]/, (prefix) => prefix.toLowerCase());
  if (!/^(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|\d+)$/i.test(prefixed)) throw new ExpressionError(`"${text}" is no number`);
  return BigInt(prefixed);
}

function floatType(digits: string): string | undefined {
  if (/^0x/i.test(digits) ? /p[+-]?\d+f$/i.test(digits) : /f$/i.test(digits)) return "float";
  return /l$/i.test(digits) ? "double" : undefined;
}

function hexadecimalFloat(text: string): number {
  const [, whole = "", fraction = "", exponent = "0"] = /^0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?\d+)[fl]?$/i.exec(text) ?? [];
  if (whole + fraction === "") throw new ExpressionError(`"${text}" is no number`);
  return Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
}

const controls: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27 };
const escape = /\\(?:x([0-9a-f]{1,8})|u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{1,3})|([^]))/gi;

/** A character is an int in C, and a char elsewhere. Throws {@link ExpressionError}. */
export function characterLiteral(text: string, language: Language): Literal {
  const [, prefix = "", inside = ""] = /^(\w*)'([^]*)'$/u.exec(text) ?? [];
  const value = codeOf(inside, text);
  if (prefix === "b") return { kind: "character", value, type: "u8" };
  if (language === "rust") return { kind: "character", value, type: "char" };
  if (language === "c++" && prefix === "") return { kind: "character", value: BigInt.asIntN(8, value), type: "char" };
  return { kind: "character", value: language === "c" && inside.startsWith("\\") ? BigInt.asIntN(8, value) : value, type: "int" };
}

function codeOf(inside: string, text: string): bigint {
  if (!inside.startsWith("\\")) return BigInt(inside.codePointAt(0) ?? 0);
  const codes = [...inside.matchAll(escape)].map(escapedCode);
  if (codes.length !== 1) throw new ExpressionError(`${text} is no character`);
  return BigInt(codes[0]!);
}

function escapedCode([, hex, braced, short, long, octal, other]: RegExpMatchArray): number {
  const digits = hex ?? braced ?? short ?? long;
  if (digits !== undefined) return Number.parseInt(digits, 16);
  if (octal !== undefined) return Number.parseInt(octal, 8);
  return controls[other!] ?? other!.codePointAt(0)!;
}

/** The bytes of the text, without the zero behind it; of escapes that are one byte, that byte. */
export function stringLiteral(text: string): Literal {
  const inside = text.slice(text.indexOf('"') + 1, -1);
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  let from = 0;
  for (const found of inside.matchAll(escape)) {
    bytes.push(...encoder.encode(inside.slice(from, found.index)));
    const code = escapedCode(found);
    const isByte = (found[1] !== undefined || found[5] !== undefined) && code < 256;
    if (!isByte && code > 0x10ffff) throw new ExpressionError(`${text} holds a character that does not exist`);
    bytes.push(...(isByte ? [code] : encoder.encode(String.fromCodePoint(code))));
    from = found.index + found[0].length;
  }
  bytes.push(...encoder.encode(inside.slice(from)));
  return { kind: "string", bytes: Uint8Array.from(bytes) };
}
