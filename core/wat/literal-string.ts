/** String literals and quoted names: what they mean, and what can be wrong inside. Source: WebAssembly 3.0, 6.3.3 "Strings". */
import { decodeUtf8Strictly, encodeUtf8 } from "#core/bytes/utf8.ts";
import { ByteWriter } from "#core/bytes/writer.ts";
import type { PlacedProblem } from "./problem.ts";

const simpleEscapes: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, '"': 34, "'": 39, "\\": 92 };
const unicodeEscape = /\\u\{([0-9a-fA-F](?:_?[0-9a-fA-F])*)\}/y;
const byteEscape = /\\([0-9a-fA-F]{2})/y;

/**
 * The first thing wrong in the string literal whose quotes are the first and last unit of `start` to `end`. With `utf8` the bytes must also
 * be well-formed UTF-8, as in names.
 */
export function stringProblem(text: string, start: number, end: number, utf8: boolean): PlacedProblem | undefined {
  let hasByteEscape = false;
  for (let at = start + 1; at < end - 1;) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 || unit === 0x7f) {
      const message = `A control character in a string is written as an escape: \`\\${unit.toString(16).padStart(2, "0")}\`.`;
      return { code: "illegal-character", message, start: at, end: at + 1 };
    }
    if (unit !== 0x5c) {
      at++;
      continue;
    }
    const length = escapeLength(text, at);
    if (length < 0) return badEscape(text, at, -length);
    if (length === 3) hasByteEscape = true;
    at += length;
  }
  if (!utf8 || !hasByteEscape || decodeUtf8Strictly(stringBytes(text, start, end)) !== undefined) return undefined;
  return {
    code: "bad-utf8",
    message: "The bytes of a name must be well-formed UTF-8. Write characters as they are, or as `\\u{...}`.",
    start,
    end,
  };
}

/** Length of the escape at `at`; negative where it is malformed, then how much to mark. */
function escapeLength(text: string, at: number): number {
  if (simpleEscapes[text[at + 1]!] !== undefined) return 2;
  byteEscape.lastIndex = at;
  if (byteEscape.test(text)) return 3;
  unicodeEscape.lastIndex = at;
  const match = unicodeEscape.exec(text);
  if (match === null) return -2;
  const value = Number.parseInt(match[1]!.replaceAll("_", ""), 16);
  const scalar = value < 0xd800 || (value >= 0xe000 && value < 0x110000);
  return scalar ? match[0].length : -match[0].length;
}

function badEscape(text: string, at: number, length: number): PlacedProblem {
  const written = text.slice(at, at + length);
  const message =
    length > 2
      ? `\`${written}\` is no Unicode scalar value: up to 10FFFF, but not D800 to DFFF.`
      : `\`${written}\` is no escape. Possible are \\t \\n \\r \\" \\' \\\\, two hexadecimal digits for a byte (\\0a), and \\u{...} for a character.`;
  return { code: "bad-escape", message, start: at, end: at + length };
}

/** The bytes that the string literal means whose quotes are the first and last unit of `start` to `end`. It must have no problem. */
export function stringBytes(text: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  const bytes = new ByteWriter(end - start);
  let plain = start + 1;
  const flush = (to: number): void => {
    if (plain < to) bytes.bytes(encodeUtf8(text.slice(plain, to)));
  };
  for (let at = text.indexOf("\\", plain); at >= 0 && at < end - 1; at = text.indexOf("\\", plain)) {
    flush(at);
    const length = Math.abs(escapeLength(text, at));
    if (length === 2) bytes.u8(simpleEscapes[text[at + 1]!] ?? 0);
    else if (length === 3) bytes.u8(Number.parseInt(text.slice(at + 1, at + 3), 16));
    else bytes.bytes(encodeUtf8(String.fromCodePoint(Number.parseInt(text.slice(at + 3, at + length - 1).replaceAll("_", ""), 16))));
    plain = at + length;
  }
  flush(end - 1);
  return bytes.finish();
}

/** The text that a string literal of well-formed UTF-8 means; `undefined` for other bytes. */
export function stringText(text: string, start: number, end: number): string | undefined {
  const content = text.slice(start + 1, end - 1);
  return content.includes("\\") ? decodeUtf8Strictly(stringBytes(text, start, end)) : content;
}

/** The name that `$name` or `$"name"` at `start` to `end` means, without the `$`: both spellings of one name give the same. */
export function nameText(text: string, start: number, end: number): string {
  if (text.charCodeAt(start + 1) !== 0x22) return text.slice(start + 1, end);
  return stringText(text, start + 1, end) ?? "";
}
