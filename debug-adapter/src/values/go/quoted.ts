/** Strings as Go's `%q` writes them (strconv.Quote): bytes that are no UTF-8 as `\xff`, what cannot be printed as `\u00ad`. */

const named: ReadonlyMap<number, string> = new Map([
  [0x07, "\\a"],
  [0x08, "\\b"],
  [0x0c, "\\f"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x09, "\\t"],
  [0x0b, "\\v"],
  [0x5c, "\\\\"],
  [0x22, '\\"'],
]);
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function goQuoted(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const character = characterAt(bytes, at);
    if (character === undefined) {
      text += `\\x${hexadecimal(bytes[at]!, 2)}`;
      at++;
      continue;
    }
    text += quotedCharacter(character);
    const code = character.codePointAt(0)!;
    at += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return `"${text}"`;
}

function quotedCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  const name = named.get(code);
  if (name !== undefined) return name;
  if (printable.test(character)) return character;
  if (code < 0x20 || code === 0x7f) return `\\x${hexadecimal(code, 2)}`;
  return code < 0x10000 ? `\\u${hexadecimal(code, 4)}` : `\\U${hexadecimal(code, 8)}`;
}

const hexadecimal = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** The character whose UTF-8 begins at `at`; `undefined`: none does. */
function characterAt(bytes: Uint8Array, at: number): string | undefined {
  const lead = bytes[at]!;
  if (lead < 0x80) return String.fromCharCode(lead);
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || at + length > bytes.length) return undefined;
  try {
    return strict.decode(bytes.subarray(at, at + length));
  } catch {
    return undefined;
  }
}
