/** What a refactoring is that an editor offers for a place or a selection. */
import type { Span } from "#core/text/positions.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import type { FormatOptions } from "../format/options.ts";

export interface RefactorRequest {
  readonly document: WatDocument;
  /** What is selected, in UTF-16 units from the start of the text; without a selection it starts and ends at the cursor. */
  readonly selection: Span;
  readonly options: FormatOptions;
  /** Whether somebody asks for refactorings. Otherwise the cursor has only moved, and what looks at a whole file is left out. */
  readonly isInvoked: boolean;
}

export interface OfferedChange {
  readonly title: string;
  /** How editors sort it: `refactor.rewrite` and so on. */
  readonly kind: "rewrite" | "extract" | "inline";
  /** All of them count in the present text; none overlaps another. */
  readonly edits: readonly WatEdit[];
}

/** What can be done at a place, by one kind of refactoring. */
export type Refactor = (request: RefactorRequest) => readonly OfferedChange[];
