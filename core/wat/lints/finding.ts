/** What lints find in a field, as it is kept on it. */
import type { Span } from "#core/text/positions.ts";

export const lintCodes = [
  "unused",
  "unused-local",
  "unused-parameter",
  "unused-label",
  "unread-local",
  "unreachable-code",
  "shadowed-label",
  "needless-mut",
  "needless-try-table",
  "useless-catch",
  "empty-block",
  "deprecated",
  "implicit-module",
  "omitted-idx-in-instr",
] as const;

export type LintCode = (typeof lintCodes)[number];

/** A change of a field; offsets count from the field's start. */
export interface LintEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface LintFix {
  readonly title: string;
  readonly edits: readonly LintEdit[];
  /** Whether it may be applied together with all others, without a look at it. */
  readonly isForAll: boolean;
}

/** Offsets count from the start of the field. */
export interface LintFinding {
  readonly code: LintCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly fix?: LintFix;
}

/** Advice about a text. Offsets are UTF-16 units from its start. */
export interface WatAdvice {
  readonly code: LintCode;
  readonly message: string;
  readonly span: Span;
  readonly fix?: {
    readonly title: string;
    readonly edits: readonly { readonly span: Span; readonly text: string }[];
    readonly isForAll: boolean;
  };
}
