import type { WatEdit } from "#core/wat/document.ts";

/** A text after edits whose spans all count in the text before. */
export function applied(text: string, edits: readonly WatEdit[]): string {
  return [...edits]
    .sort((left, right) => right.span.start - left.span.start)
    .reduce((now, edit) => now.slice(0, edit.span.start) + edit.text + now.slice(edit.span.end), text);
}
