import type { Span } from "#core/text/positions.ts";

/** Why a text cannot be encoded, in words for the user. */
export interface EncodeProblem {
  readonly message: string;
  /** UTF-16 offsets in the text. */
  readonly span: Span;
}
