/** Stable names of what makes a well-formed module invalid. */
// prettier-ignore
export const validationCodes = [
  "type-mismatch", "select-results", "wrong-type-kind", "uninitialized-local", "undeclared-reference", "immutable", "packed-access",
  "array-mismatch", "not-defaultable", "constant-required", "lane-out-of-range", "offset-out-of-range",
  "invalid-subtype", "tag-results", "start-type", "minimum-over-maximum", "size-too-large", "shared-without-maximum",
] as const;

export type ValidationCode = (typeof validationCodes)[number];

/** A place in a body: what the driver of the validation says it is, such as a node of a tree or an offset. */
export type Place = number;

/** Takes what is wrong. */
export interface Reporter {
  report(code: ValidationCode, message: string, place: Place, related?: { readonly message: string; readonly place: Place }): void;
}
