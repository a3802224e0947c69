/** 0-based line and 0-based column in UTF-16 code units, as LSP and CDP count. */
export interface Position0 {
  readonly line: number;
  readonly character: number;
}

/** A range of {@link Position0}; `end` is exclusive. */
export interface Range0 {
  readonly start: Position0;
  readonly end: Position0;
}

/** 1-based line and 1-based column in UTF-16 code units, as DAP counts by default. */
export interface Position1 {
  readonly line: number;
  readonly column: number;
}

/** UTF-16 offsets into a text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function toPosition1(position: Position0): Position1 {
  return { line: position.line + 1, column: position.character + 1 };
}
