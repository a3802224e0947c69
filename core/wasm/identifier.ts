const plain = /^[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+$/;

/** `name` as an identifier of the text format: `$name`, or `$"..."` where it has other characters. */
export function identifier(name: string): string {
  return plain.test(name) ? `$${name}` : `$${quoted(name)}`;
}

/** `text` as a string literal of the text format. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\\p{Cc}]/gu, (character) => (character === '"' || character === "\\" ? `\\${character}` : `\\u{${character.codePointAt(0)!.toString(16)}}`))}"`;
}
