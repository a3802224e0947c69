/** Positions as the compiler prints them: lines end at LF alone, columns count bytes of UTF-8. */

export interface CompilerPosition {
  /** From 1. */
  readonly line: number;
  /** In bytes from 1; 0 where the compiler prints none. A byte order mark counts as three. */
  readonly column: number;
}

/** The compiler keeps columns in eight bits (cmd/internal/src `colMax`), and prints none beyond. */
const maximalColumn = 254;

/** Positions in one text. Lines are counted on from the last one that was asked for, as the next is mostly near. */
export class CompilerPositions {
  readonly #text: string;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `offset` is a UTF-16 offset into the text. */
  at(offset: number): CompilerPosition {
    const text = this.#text;
    if (offset < this.#lineStart) {
      this.#line = 1;
      this.#lineStart = 0;
    }
    for (let at = text.indexOf("\n", this.#lineStart); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
      this.#line++;
      this.#lineStart = at + 1;
    }
    let column = 1;
    for (let at = this.#lineStart; at < offset && column <= maximalColumn; at++) column += bytesOf(text.charCodeAt(at));
    return { line: this.#line, column: column > maximalColumn ? 0 : column };
  }
}

/** The UTF-16 offset into `text` of a position that the compiler printed; that of the line's first visible character where it has no column. */
export function offsetOfCompilerPosition(text: string, { line, column }: CompilerPosition): number {
  let at = 0;
  for (let passed = 1; passed < line; passed++) {
    const lineEnd = text.indexOf("\n", at);
    if (lineEnd < 0) return text.length;
    at = lineEnd + 1;
  }
  if (column === 0) {
    while (at < text.length && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
    return at;
  }
  for (let bytes = 1; bytes < column && at < text.length && text.charCodeAt(at) !== 10; at++) bytes += bytesOf(text.charCodeAt(at));
  return at;
}

/** Bytes of a code unit in UTF-8: each half of a surrogate pair is two of its four. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}
