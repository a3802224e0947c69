/** Positions as the compiler prints them: lines end at LF alone, columns count bytes of UTF-8. */

export interface CompilerPosition {
  /** From 1. */
  readonly line: number;
  /** In bytes from 1; 0 where the compiler prints none. A byte order mark counts as three. */
  readonly column: number;
}

/** The compiler keeps columns in eight bits (cmd/internal/src `colMax`), and prints none beyond. */
const maximalColumn = 254;

/** `offset` is a UTF-16 offset into `text`. */
export function compilerPosition(text: string, offset: number): CompilerPosition {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    lineStart = at + 1;
  }
  let column = 1;
  for (let at = lineStart; at < offset && column <= maximalColumn; at++) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair is two of its four bytes.
    column += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return { line, column: column > maximalColumn ? 0 : column };
}
