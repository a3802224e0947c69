/** Collects the changes of a text that give it another layout. Only white space and the inside of comments ever change. */
import { Trivia } from "../lexer.ts";
import type { FormatOptions } from "./options.ts";

/**
 * Deeper levels are not indented further: beyond this the author sees no level any more, and the size of the text would grow with the
 * square of the depth.
 */
const deepestIndent = 64;

/** Columns behind the indentation that each line may use. */
const narrowest = 40;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x09;

/** What a gap between two tokens becomes. */
export const Gap = { none: 0, space: 1, line: 2 } as const;
export type Gap = (typeof Gap)[keyof typeof Gap];

export class LayoutWriter {
  readonly text: string;
  readonly options: FormatOptions;
  /** Of each change in order: start and end offset in the old text, and what stands there then. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly texts: string[] = [];
  /** Column at which the next token stands. */
  column = 0;
  /** Level of the line that is being written. */
  level = 0;
  readonly #breaks: string[];
  readonly #blankBreaks: string[];

  constructor(text: string, options: FormatOptions) {
    this.text = text;
    this.options = options;
    const lineBreak = lineBreakOf(text, options);
    const unit = options.useTabs ? "\t" : " ".repeat(options.indentWidth);
    this.#breaks = Array.from({ length: deepestIndent + 1 }, (_, level) => lineBreak + unit.repeat(level));
    this.#blankBreaks = this.#breaks.map((text) => lineBreak + text);
  }

  /** Columns left in this line; a deeply indented line gets some in any case, so that it stays readable. */
  get room(): number {
    const { printWidth, indentWidth } = this.options;
    return Math.max(printWidth, Math.min(this.level, deepestIndent) * indentWidth + narrowest) - this.column;
  }

  put(start: number, end: number, text: string): void {
    if (end - start === text.length && this.text.startsWith(text, start)) return;
    this.starts.push(start);
    this.ends.push(end);
    this.texts.push(text);
  }

  /** A gap without comments. `level` counts for {@link Gap.line}. */
  gap(start: number, end: number, gap: Gap, level: number, isBlankLine: boolean): void {
    if (gap === Gap.line) {
      const known = Math.min(level, deepestIndent);
      this.put(start, end, (isBlankLine ? this.#blankBreaks : this.#breaks)[known]!);
      this.column = known * this.options.indentWidth;
      this.level = level;
      return;
    }
    if (gap === Gap.space) {
      this.column++;
      if (end - start !== 1 || this.text.charCodeAt(start) !== 0x20) this.put(start, end, " ");
    } else if (end !== start) this.put(start, end, "");
  }

  /** Columns of a comment that has one line. */
  commentWidth(kind: number, start: number, end: number): number {
    const last = this.#trimmedEnd(start, end);
    return last - start + (this.#opens(kind, start, last) === undefined ? 0 : 1) + (this.#closes(kind, start, last) === undefined ? 0 : 1);
  }

  /** Writes a comment or annotation and returns the offset behind what stays of it. */
  comment(kind: number, start: number, end: number): number {
    const { text } = this;
    const last = this.#trimmedEnd(start, end);
    const opens = this.#opens(kind, start, last);
    const closes = this.#closes(kind, start, last);
    if (opens !== undefined) this.put(opens, opens, " ");
    const line = lastLine(text, start, last);
    const hasLines = line > start;
    if (hasLines) for (let at = start; at < last; at++) if (isBlank(text.charCodeAt(at))) at = this.#blanks(at, last);
    if (closes !== undefined) this.put(closes, closes, " ");
    this.column = hasLines ? last - line : this.column + this.commentWidth(kind, start, end);
    return last;
  }

  #trimmedEnd(start: number, end: number): number {
    let last = end;
    while (last > start && isBlank(this.text.charCodeAt(last - 1))) last--;
    return last;
  }

  /** Removes blanks from `start` on if a line ends with them; returns the last of them. */
  #blanks(start: number, limit: number): number {
    let end = start;
    while (end < limit && isBlank(this.text.charCodeAt(end))) end++;
    const unit = this.text.charCodeAt(end);
    if (unit === lineFeed || unit === carriageReturn) this.put(start, end, "");
    return end - 1;
  }

  /** Where a comment lacks a space before its first word. */
  #opens(kind: number, start: number, end: number): number | undefined {
    if (!this.options.formatComments || kind === Trivia.annotation) return undefined;
    const inside = kind === Trivia.lineComment ? end : end - 2;
    let first = start + 2;
    // Lines such as `;;;;` and `;;=====` are drawn, and not written.
    while (first < inside && this.text.charCodeAt(first) === 0x3b) first++;
    return first < inside && /[\p{L}\p{N}`"'($]/u.test(this.text[first]!) ? first : undefined;
  }

  /** Where a block comment lacks a space behind its last word. */
  #closes(kind: number, start: number, end: number): number | undefined {
    if (!this.options.formatComments || kind !== Trivia.blockComment || end - start < 5) return undefined;
    return /[\p{L}\p{N}`"').!?]/u.test(this.text[end - 3]!) ? end - 2 : undefined;
  }

  /** The whole text with its changes. */
  result(): string {
    const { text, starts, ends, texts } = this;
    const parts: string[] = [];
    let position = 0;
    for (let at = 0; at < starts.length; at++) {
      parts.push(text.slice(position, starts[at]!), texts[at]!);
      position = ends[at]!;
    }
    parts.push(text.slice(position));
    return parts.join("");
  }
}

/** Offset at which the last line of a part of a text begins; `start` where it is all one line. */
export function lastLine(text: string, start: number, end: number): number {
  for (let at = end - 1; at >= start; at--) {
    const unit = text.charCodeAt(at);
    if (unit === lineFeed || unit === carriageReturn) return at + 1;
  }
  return start;
}

/** Line breaks in a part of a text; more than two count as two. */
export function lineBreaks(text: string, start: number, end: number): number {
  let found = 0;
  for (let at = start; at < end && found < 2; at++) {
    const unit = text.charCodeAt(at);
    if (unit === lineFeed || (unit === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) found++;
  }
  return found;
}

function lineBreakOf(text: string, { lineBreak }: FormatOptions): string {
  if (lineBreak !== "auto") return lineBreak === "lf" ? "\n" : "\r\n";
  const first = text.indexOf("\n");
  return first > 0 && text.charCodeAt(first - 1) === carriageReturn ? "\r\n" : "\n";
}
