/** What lints find in a field, and what a field uses: all that is kept on it. */

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

/** What one field uses, each thing once. Names and indices are not looked up, so that it stays while the module around it changes. */
export interface FieldUses {
  /** Space and name or index in turn. */
  readonly uses: readonly (number | string)[];
  /** Globals that it sets. */
  readonly sets: readonly (number | string)[];
  /** Functions that it uses otherwise than by a call. */
  readonly handed: readonly (number | string)[];
}
