// Texts of modules and programs on their way to a terminal or an editor.

/** Control characters (Unicode's Cc), what else ends a line, and what turns the direction of the text around it. */
const unprintable = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * One line of text that does nothing but be read: what a terminal or a console would obey, such as the beginning of a colour, is written as
 * an escape (`\x1b`, `\u{202e}`).
 */
export function printableLine(text: string): string {
  return text.replaceAll(unprintable, escaped);
}

/** The same for a text of several lines: line ends and tabs stay. */
export function printableText(text: string): string {
  return text.replaceAll(unprintable, (character, at: number) => {
    const isLineEnd = character === "\n" || (character === "\r" && text[at + 1] === "\n");
    return isLineEnd || character === "\t" ? character : escaped(character);
  });
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
