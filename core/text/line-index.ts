import type { Position0, Range0, Span } from "./positions.ts";
import type { Sliceable } from "./text-pieces.ts";

/** Converts between UTF-16 offsets and positions of one text. Lines end at LF, CR LF or CR, as in LSP. */
export class LineIndex {
  readonly length: number;
  /** The text until its lines are asked for: of most small texts nothing is. */
  #text: string | undefined;
  #known: Uint32Array | undefined;

  /** `starts` may be given where they are known already. */
  constructor(text: Sliceable, starts?: Uint32Array) {
    this.length = text.length;
    this.#text = starts === undefined ? text.slice(0) : undefined;
    this.#known = starts;
  }

  /** Offset of each line's first code unit; ascending, the first is 0. */
  get #starts(): Uint32Array {
    if (this.#known !== undefined) return this.#known;
    this.#known = lineStarts(this.#text!);
    this.#text = undefined;
    return this.#known;
  }

  /**
   * The index of `text`, which came from this one's text by replacing `span` by `inserted`. Only the lines that the change touches are
   * looked at again.
   */
  edited(span: Span, inserted: string, text: Sliceable): LineIndex {
    const delta = inserted.length - (span.end - span.start);
    const before = this.#starts;
    // One unit before the change too: a CR there may now be followed by LF, or no longer.
    const first = this.lineAt(Math.max(0, span.start - 1));
    let behind = this.lineAt(span.end) + 1;
    if (behind < before.length && before[behind]! <= span.end) behind++;
    const from = before[first]!;
    const to = behind < before.length ? before[behind]! + delta : text.length;
    const inside = lineStarts(text.slice(from, to));
    // The part ends with the line break before `to`, so its last line is the one that starts there.
    const fresh = behind < before.length ? inside.length - 1 : inside.length;
    const starts = new Uint32Array(first + fresh + before.length - behind);
    starts.set(before.subarray(0, first));
    for (let line = 0; line < fresh; line++) starts[first + line] = inside[line]! + from;
    for (let line = behind; line < before.length; line++) starts[first + fresh + line - behind] = before[line]! + delta;
    return new LineIndex(text, starts);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first code unit of a 0-based line; the text's length behind the last line. */
  lineStart(line: number): number {
    if (line < 0) return 0;
    return this.#starts[line] ?? this.length;
  }

  /** 0-based line that holds `offset`; offsets outside the text are clamped. */
  lineAt(offset: number): number {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position0 {
    const clamped = Math.max(0, Math.min(offset, this.length));
    const line = this.lineAt(clamped);
    return { line, character: clamped - this.lineStart(line) };
  }

  offsetAt(position: Position0): number {
    const start = this.lineStart(position.line);
    const next = this.lineStart(position.line + 1);
    return Math.max(start, Math.min(start + position.character, next));
  }

  rangeOf(span: Span): Range0 {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }
}

function lineStarts(text: string): Uint32Array {
  // Small texts have few lines.
  let starts = new Uint32Array(Math.min(1024, 1 + (text.length >>> 3)));
  let count = 1;
  const push = (offset: number): void => {
    if (count === starts.length) {
      const grown = new Uint32Array(starts.length * 2);
      grown.set(starts);
      starts = grown;
    }
    starts[count++] = offset;
  };
  // indexOf is native: scanning for LF by it is several times faster than a loop over code units.
  const hasCarriageReturn = text.includes("\r");
  if (!hasCarriageReturn) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) push(at + 1);
    return starts.slice(0, count);
  }
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) push(at + 1);
  }
  return starts.slice(0, count);
}
