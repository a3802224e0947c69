// Regular expressions of the tokens of the text format. Source: WebAssembly 3.0, 6.2 "Lexical Format" and 6.3 "Values".

/** One character of a keyword, an identifier or a number. */
export const idCharacter = "[0-9A-Za-z!#$%&'*+\\-./:<=>?@\\\\^_`|~]";

/** What must follow a keyword or a number: a token ends only where its characters end. */
export const tokenEnd = `(?!${idCharacter})`;

/** `$name` or `$"any name"`. */
export const identifier = `\\$(?:${idCharacter}+|"(?:[^"\\\\]|\\\\.)*")`;

const digits = "\\d(?:_?\\d)*";
const hexDigits = "[0-9A-Fa-f](?:_?[0-9A-Fa-f])*";

export const decimalInteger = `[+\\-]?${digits}`;
export const hexInteger = `[+\\-]?0x${hexDigits}`;
export const decimalFloat = `[+\\-]?${digits}(?:\\.(?:${digits})?(?:[Ee][+\\-]?${digits})?|[Ee][+\\-]?${digits})`;
export const hexFloat = `[+\\-]?0x${hexDigits}(?:\\.(?:${hexDigits})?(?:[Pp][+\\-]?${digits})?|[Pp][+\\-]?${digits})`;
export const specialFloat = `[+\\-]?(?:inf|nan(?::0x${hexDigits})?)`;
export const unsignedInteger = `(?:0x${hexDigits}|${digits})`;

export const stringEscape = `\\\\(?:[tnr"'\\\\]|[0-9A-Fa-f]{2}|u\\{${hexDigits}\\})`;

/** The words of a list that is separated by spaces. */
export function words(list: string): readonly string[] {
  return list.split(" ");
}

/** An alternative of plain words, with words of one namespace (`i32.`) folded together: faster to match, and shorter to read. */
export function oneOf(words: Iterable<string>): string {
  const namespaces = new Map<string, string[]>();
  for (const word of new Set(words)) {
    const namespace = word.slice(0, word.indexOf(".") + 1);
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), escape(word.slice(namespace.length))]);
  }
  const alternatives = [...namespaces].flatMap(([namespace, rest]) =>
    namespace === "" ? rest : [`${escape(namespace)}(?:${rest.join("|")})`],
  );
  return `(?:${alternatives.join("|")})`;
}

function escape(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
