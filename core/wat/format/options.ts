/** How WebAssembly text is laid out. */

/** Where a list of locals or fields begins: in a new line never, where it does not fit, where it takes several lines, always. */
export type WrapBefore = "never" | "overflow" | "multi-only" | "always";

/**
 * Whether each local or field gets a line of its own: never, where not all fit into one, as the author did it between the first two,
 * never but with line breaks where a line is full, always.
 */
export type MultiLine = "never" | "overflow" | "smart" | "wrap" | "always";

export interface FormatOptions {
  /** Columns that a line should not exceed. */
  readonly printWidth: number;
  /** Columns of one level; with `useTabs` what a tab counts for. */
  readonly indentWidth: number;
  readonly useTabs: boolean;
  /** `auto`: that of the first line. */
  readonly lineBreak: "auto" | "lf" | "crlf";
  /** Whether the `)` of a form with several lines has its own line: as the author did it, never, always. */
  readonly closingParens: "keep" | "together" | "split";
  /** Whether flat instructions of one line each get their own; otherwise they stay together. */
  readonly oneInstructionPerLine: boolean;
  readonly wrapBeforeLocals: WrapBefore;
  readonly multiLineLocals: MultiLine;
  readonly wrapBeforeFields: WrapBefore;
  readonly multiLineFields: MultiLine;
  /** Before the value of a global, table or offset. */
  readonly wrapBeforeConstExpr: WrapBefore;
  /** Whether comments get a space behind `;;` and inside of `(; ;)`. */
  readonly formatComments: boolean;
  /** What a comment says in front of a field or instruction that is to stay as it is. */
  readonly ignoreDirective: string;
}

export const defaultFormat: FormatOptions = {
  printWidth: 100,
  indentWidth: 2,
  useTabs: false,
  lineBreak: "auto",
  closingParens: "keep",
  oneInstructionPerLine: true,
  wrapBeforeLocals: "always",
  multiLineLocals: "smart",
  wrapBeforeFields: "multi-only",
  multiLineFields: "smart",
  wrapBeforeConstExpr: "overflow",
  formatComments: false,
  ignoreDirective: "fmt-ignore",
};
