const named: ReadonlyMap<number, string> = new Map([
  [0, "\\0"],
  [7, "\\a"],
  [8, "\\b"],
  [9, "\\t"],
  [10, "\\n"],
  [11, "\\v"],
  [12, "\\f"],
  [13, "\\r"],
  [0x5c, "\\\\"],
]);

/** One character between single quotes, as C writes it. Values from 128 to 255 of one-byte types are no characters of their own. */
export function quotedCharacter(code: number, size: number): string {
  if (code === 0x27) return "'\\''";
  if (size === 1 && code > 0x7e) return `'\\x${code.toString(16).padStart(2, "0")}'`;
  return `'${escaped(code)}'`;
}

/** A string between double quotes, as C writes it, of UTF-8 bytes. Bytes that are no UTF-8 are written `\xff`. */
export function quotedText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      text += `\\x${bytes[at]!.toString(16).padStart(2, "0")}`;
      at++;
      continue;
    }
    const code = length === 1 ? bytes[at]! : decoder.decode(bytes.subarray(at, at + length)).codePointAt(0)!;
    text += code === 0x22 ? '\\"' : escaped(code);
    at += length;
  }
  return `"${text}"`;
}

/** The same of UTF-16 or UTF-32 units, of two or four bytes; a part of a unit at the end is left out. */
export function quotedWideText(bytes: Uint8Array, unitSize: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at + unitSize <= bytes.length; at += unitSize) {
    const code = unitSize === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
    text += unitSize === 2 ? String.fromCharCode(code) : String.fromCodePoint(code > 0x10ffff ? 0xfffd : code);
  }
  return quotedText(new TextEncoder().encode(text));
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function escaped(code: number): string {
  const name = named.get(code);
  if (name !== undefined) return name;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? `\\u{${code.toString(16)}}` : String.fromCodePoint(code);
}

/** Bytes of the well-formed UTF-8 sequence at `at`; 0: there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
  if (length <= 1) return length;
  if (at + length > bytes.length) return 0;
  try {
    strict.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}
