import type { WatEdit } from "#core/wat/document.ts";

/** A text after edits that stand in its order and whose spans all count in the text before; linear, however many there are. */
export function applied(text: string, edits: readonly WatEdit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { span, text: inserted } of edits) {
    if (span.start < position || span.end < span.start) throw new Error(`edits overlap or are out of order at ${span.start}`);
    parts.push(text.slice(position, span.start), inserted);
    position = span.end;
  }
  return parts.join("") + text.slice(position);
}
