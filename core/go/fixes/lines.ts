/** Lines around an offset of a text; all offsets are UTF-16. */
import type { Span } from "#core/text/positions.ts";
import type { TextChange } from "./text-change.ts";

/** What ends the lines of a text. */
export function lineBreakOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the line break behind `offset` (of its CR where it has one); the text's length on the last line. */
export function lineEndOf(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  if (newline < 0) return text.length;
  return newline > offset && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/** Start of the next line; the text's length behind the last one. */
export function nextLineOf(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

/** White space at the start of the line that holds `offset`. */
export function indentationOf(text: string, offset: number): string {
  const start = lineStartOf(text, offset);
  return /^[ \t]*/u.exec(text.slice(start, offset))![0];
}

/**
 * Deletes the comment at `span`, which stands alone on its line, with that line; and with it the blank line or the bare
 * `//` that only set it apart, as gofmt would.
 */
export function withoutCommentLine(text: string, span: Span): TextChange {
  let start = lineStartOf(text, span.start);
  const end = nextLineOf(text, span.end);
  const following = text.slice(end, lineEndOf(text, end)).trim();
  const previousStart = start > 0 ? lineStartOf(text, start - 1) : 0;
  const previous = start > 0 ? text.slice(previousStart, start).trim() : undefined;
  const alone = previous === "" && following === "";
  const separated = previous === "//" && !following.startsWith("//");
  if (alone || separated) start = previousStart;
  return { span: { start, end }, text: "" };
}
