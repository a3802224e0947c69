/** Literals of Go and their values. */
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { tokenKind, type TokenKind } from "#core/go/source/tokens.ts";
import { floatValue, integerValue, runeValue } from "#core/go/types/literals.ts";
import { type GoRational, rational, wholeRational } from "./rational.ts";
import type { GoLiteral } from "./syntax.ts";

/** `undefined`: it is no literal of Go, or one whose number is too long. */
export function literalOf(kind: TokenKind, text: string): GoLiteral | undefined {
  switch (kind) {
    case tokenKind.int: {
      const value = integerValue(text);
      return value === undefined ? undefined : { kind: "int", value };
    }
    case tokenKind.rune: {
      const value = runeValue(text);
      return value === undefined ? undefined : { kind: "rune", value };
    }
    case tokenKind.float: {
      const value = fraction(text);
      return value && { kind: "float", value };
    }
    case tokenKind.imaginary: {
      const value = imaginary(text.slice(0, -1));
      return value && { kind: "imaginary", value };
    }
    default: {
      const value = stringBytes(text);
      return value && { kind: "string", value };
    }
  }
}

function fraction(text: string): GoRational | undefined {
  if (/^0x/i.test(text)) return hexadecimalFraction(text);
  const value = floatValue(text);
  return value && rational(value.numerator, value.denominator);
}

/** The digits before the `i` are decimal even where they begin with 0. */
function imaginary(digits: string): GoRational | undefined {
  if (/^[\d_]+$/.test(digits)) return wholeRational(BigInt(digits.replaceAll("_", "")));
  const whole = integerValue(digits);
  return whole === undefined ? fraction(digits) : wholeRational(whole);
}

/** `0x1.8p3`: the exponent counts bits. */
function hexadecimalFraction(text: string): GoRational | undefined {
  const [, whole = "", part = "", exponent] = /^0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?\d{1,4})$/i.exec(text.replaceAll("_", "")) ?? [];
  if (exponent === undefined || whole + part === "") return undefined;
  const digits = BigInt(`0x${whole}${part}`);
  const scale = Number(exponent) - 4 * part.length;
  return scale >= 0 ? wholeRational(digits << BigInt(scale)) : rational(digits, 1n << BigInt(-scale));
}

const escapes: Readonly<Record<string, string>> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\\": "\\", '"': '"' };
const pieces = /\\x([0-9a-f]{2})|\\([0-7]{3})|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\([abfnrtv\\"])|([^\\\n]+)/giy;

/** The bytes of a string literal; `undefined` where an escape is none of Go's, or the quote is missing. */
function stringBytes(text: string): Uint8Array | undefined {
  const quote = text.charAt(0);
  if (text.length < 2 || !text.endsWith(quote)) return undefined;
  const inner = text.slice(1, -1);
  if (quote === "`") return encodeUtf8(inner.replaceAll("\r", ""));
  const bytes: number[] = [];
  for (pieces.lastIndex = 0; pieces.lastIndex < inner.length;) {
    const found = pieces.exec(inner);
    if (!found) return undefined;
    const [, hexadecimal, octal, short, long, simple, plain] = found;
    if (hexadecimal !== undefined) bytes.push(parseInt(hexadecimal, 16));
    else if (octal !== undefined) bytes.push(parseInt(octal, 8) & 0xff);
    else if (plain !== undefined) bytes.push(...encodeUtf8(plain));
    else {
      const character = simple === undefined ? codePoint(short ?? long!) : escapes[simple];
      if (character === undefined) return undefined;
      bytes.push(...encodeUtf8(character));
    }
  }
  return Uint8Array.from(bytes);
}

function codePoint(digits: string): string | undefined {
  const code = parseInt(digits, 16);
  return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? undefined : String.fromCodePoint(code);
}
