import type { Space } from "../field.ts";

export interface CompletionItem {
  readonly label: string;
  readonly kind: "instruction" | "keyword" | "type" | "function" | "variable" | "field" | "label" | "entry";
  /** Type or signature. */
  readonly detail?: string;
  /** What is written in place of the word, with places to fill in as snippets of editors have them; the label where it is left out. */
  readonly snippet?: string;
  /** Lower ones first. */
  readonly rank: number;
  /** An entry of the module that more can be told about. */
  readonly entry?: { readonly space: Space; readonly index: number };
}
