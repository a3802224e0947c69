import type { LineIndex } from "#core/text/line-index.ts";

/** A version of a file that belongs to a Go package or module; a change makes a new one. */
export interface GoDocument {
  readonly uri: string;
  /** Decides by its name whether the file belongs to the target. */
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
}
