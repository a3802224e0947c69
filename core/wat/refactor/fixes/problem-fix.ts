/** What a fix of a problem is. */
import type { WatDocument, WatEdit, WatProblem } from "../../document.ts";

export interface ProblemFix {
  readonly title: string;
  /** In the order of the text. */
  readonly edits: readonly WatEdit[];
  /** Whether nothing else can have been meant. */
  readonly isSure: boolean;
}

/** Fixes of one kind for a problem that the document has. */
export type FixFinder = (document: WatDocument, problem: WatProblem) => readonly ProblemFix[];
