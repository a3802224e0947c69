/** Lists of edits: many small ones as few. */
import type { WatEdit } from "../document.ts";

/** How many edits an editor takes without a wait. */
const most = 2_000;

/**
 * The same change in few edits: of those that are near each other one is made, with the text between them. `edits` must be in the order of
 * the text; what is inserted at one place by several stands in their order.
 */
export function coalesced(text: string, edits: readonly WatEdit[]): WatEdit[] {
  let gap = 40;
  while (countWith(edits, gap) > most) gap *= 4;
  const found: WatEdit[] = [];
  for (let first = 0; first < edits.length;) {
    const { start } = edits[first]!.span;
    const parts = [edits[first]!.text];
    let { end } = edits[first]!.span;
    let next = first + 1;
    for (; next < edits.length && edits[next]!.span.start - end <= gap; next++) {
      parts.push(text.slice(end, edits[next]!.span.start), edits[next]!.text);
      end = edits[next]!.span.end;
    }
    found.push({ span: { start, end }, text: parts.join("") });
    first = next;
  }
  return found;
}

function countWith(edits: readonly WatEdit[], gap: number): number {
  let count = 0;
  for (let at = 0; at < edits.length; at++) if (at === 0 || edits[at]!.span.start - edits[at - 1]!.span.end > gap) count++;
  return count;
}
