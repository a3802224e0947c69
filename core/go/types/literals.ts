/** Values of Go literals. */

/** The text of a string literal; undefined where an escape is broken or the literal unfinished. */
export function stringValue(literal: string): string | undefined {
  const quote = literal.charAt(0);
  if (literal.length < 2 || !literal.endsWith(quote)) return undefined;
  const inner = literal.slice(1, -1);
  if (quote === "`") return inner.replaceAll("\r", "");
  if (!inner.includes("\\")) return inner;
  return unescape(inner);
}

/** The code point of a rune literal. */
export function runeValue(literal: string): bigint | undefined {
  if (literal.length < 3 || !literal.endsWith("'")) return undefined;
  const inner = literal.slice(1, -1);
  const numeric = /^\\(?:x([0-9a-fA-F]{2})|([0-7]{3}))$/u.exec(inner);
  if (numeric !== null) return BigInt(numeric[1] === undefined ? parseInt(numeric[2]!, 8) : parseInt(numeric[1], 16));
  const text = inner.startsWith("\\") ? unescape(inner) : inner;
  const code = text?.codePointAt(0);
  return code === undefined || text !== String.fromCodePoint(code) ? undefined : BigInt(code);
}

/** An integer literal with any prefix and underscores. */
export function integerValue(literal: string): bigint | undefined {
  const digits = literal.replaceAll("_", "").toLowerCase();
  const text = /^0[0-7]+$/u.test(digits) ? `0o${digits.slice(1)}` : digits;
  return /^(?:0|[1-9][0-9]*|0x[0-9a-f]+|0b[01]+|0o[0-7]+)$/u.test(text) ? BigInt(text) : undefined;
}

/** A float literal as a fraction; undefined for exponents beyond use as a length. */
export function floatValue(literal: string): { readonly numerator: bigint; readonly denominator: bigint } | undefined {
  const text = literal.replaceAll("_", "").toLowerCase();
  const isHex = text.startsWith("0x");
  const form = isHex ? /^0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?[0-9]{1,3})$/u : /^([0-9]*)\.?([0-9]*)(?:e([+-]?[0-9]{1,3}))?$/u;
  const match = form.exec(text);
  if (match === null) return undefined;
  const fraction = match[2] ?? "";
  // Each digit behind the point is four bits, or one power of ten.
  const scale = Number(match[3] ?? "0") - (isHex ? 4 : 1) * fraction.length;
  const digits = BigInt(`${isHex ? "0x" : ""}${match[1] ?? ""}${fraction}` || "0");
  const factor = (isHex ? 2n : 10n) ** BigInt(Math.abs(scale));
  return scale >= 0 ? { numerator: digits * factor, denominator: 1n } : { numerator: digits, denominator: factor };
}

/** Bytes of a text in UTF-8: what Go's `len` counts. A text with byte escapes beyond ASCII is not decided here. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

const simpleEscapes: Record<string, string> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

function unescape(text: string): string | undefined {
  let broken = false;
  const result = text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.?))/gsu,
    (_, hex?: string, short?: string, long?: string, octal?: string, simple?: string) => {
      const digits = hex ?? short ?? long;
      const code = digits === undefined ? (octal === undefined ? undefined : parseInt(octal, 8)) : parseInt(digits, 16);
      // A byte beyond ASCII is one byte of Go's string, which no JavaScript character stands for.
      if (code !== undefined && (code > 0x10ffff || (code > 0x7f && (hex ?? octal) !== undefined))) broken = true;
      else if (code !== undefined) return String.fromCodePoint(code);
      const plain = simpleEscapes[simple ?? ""];
      if (plain === undefined) broken = true;
      return plain ?? "";
    },
  );
  return broken ? undefined : result;
}
