import { validationCodes } from "#core/wasm/validate/code.ts";
import type { Space } from "./space.ts";

/** Stable names of what can be wrong with a WAT text. Each has a page `docs/diagnostics/<code>.md`. */
// prettier-ignore
export const watCodes = [
  "unclosed-string", "unclosed-comment", "unclosed-annotation", "bad-escape", "bad-utf8", "illegal-character",
  "empty-identifier", "empty-annotation-id", "missing-space",
  "unclosed-paren", "unmatched-paren", "unexpected-token", "unknown-instruction", "missing-end", "unmatched-end", "mismatching-label",
  "bad-number", "constant-out-of-range", "bad-alignment", "lane-count", "bad-annotation",
  "duplicate-name", "duplicate-export", "import-after-definition", "multiple-starts", "multiple-modules", "inline-type-mismatch",
  "unknown-local", "unknown-label", "unknown-type", "unknown-func", "unknown-table", "unknown-memory", "unknown-global", "unknown-tag",
  "unknown-elem", "unknown-data", "unknown-struct-field", "unmet-expectation", "malformed-binary",
  "unknown-module", "unknown-export", "argument-mismatch", "result-mismatch",
  ...validationCodes,
] as const;

export type WatCode = (typeof watCodes)[number];

/** Something wrong with a part of a text. Offsets are UTF-16 units; who holds the problem says from where they count. */
export interface PlacedProblem {
  readonly code: WatCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly related?: { readonly message: string; readonly start: number; readonly end: number };
  /** What the problem is about: an entry of the module, defined anywhere in it. */
  readonly about?: { readonly space: Space; readonly index: number };
}
