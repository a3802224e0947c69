import type { GoLayouts } from "#core/go/layouts/layouts.ts";
import type { Listing } from "#core/go/listing/go-lines.ts";

/** What variables are read by. */
export interface GoVariableSource {
  /** With the debug information that the compiler lists of each function. */
  readonly listing: Listing;
  readonly layouts: GoLayouts;
}

/** `problem`: why there are none, for the user. */
export type LayoutsAnswer = { readonly layouts: GoLayouts } | { readonly problem: string };
