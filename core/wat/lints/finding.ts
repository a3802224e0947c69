/** What lints find in a field, and what a field uses: all that is kept on it. */
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

/** What one field uses, each thing once. Names and indices are not looked up, so that it stays while the module around it changes. */
export interface FieldUses {
  /** Space and name or index in turn. */
  readonly uses: readonly (number | string)[];
  /** Globals that it sets. */
  readonly sets: readonly (number | string)[];
  /** Functions that it uses otherwise than by a call. */
  readonly handed: readonly (number | string)[];
  /** The same by index, worked out for some names of the module. */
  resolved: ResolvedUses | undefined;
}

interface ResolvedUses {
  /** As long as the names of the module are this object. */
  readonly names: object;
  /** Space and index in turn; -1 for names that nothing has. */
  readonly entries: readonly number[];
  readonly sets: readonly number[];
  readonly handed: readonly number[];
}
