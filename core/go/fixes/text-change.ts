/** Changes of a text, and the changes that lead from one text to another. */
import type { Span } from "#core/text/positions.ts";

export interface TextChange {
  /** UTF-16 offsets into the text before any change. */
  readonly span: Span;
  readonly text: string;
}

/** Applies changes that do not overlap; of several at one place the first given comes first. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const ordered = [...changes].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const pieces: string[] = [];
  let at = 0;
  for (const { span, text: inserted } of ordered) {
    pieces.push(text.slice(at, span.start), inserted);
    at = Math.max(at, span.end);
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

/** Where an offset of the text before `changes` is afterwards; text inserted right at it comes before it. */
export function movedOffset(offset: number, changes: readonly TextChange[]): number {
  let moved = offset;
  for (const { span, text } of changes) {
    if (span.end <= offset) moved += text.length - (span.end - span.start);
    else if (span.start < offset) moved += span.start - offset;
  }
  return moved;
}

/** Beyond this many pairs of lines the middle is replaced as a whole. */
const maximalPairs = 1_000_000;

/** Changes of whole lines from `before` to `after`, in ascending order. */
export function changesBetween(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const [old, fresh] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < fresh.length - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  const [oldMiddle, freshMiddle] = [old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)];
  const start = old.slice(0, head).join("").length;
  if (oldMiddle.length * freshMiddle.length > maximalPairs)
    return [{ span: { start, end: start + oldMiddle.join("").length }, text: freshMiddle.join("") }];
  return middleChanges(oldMiddle, freshMiddle, start);
}

/** By the longest common subsequence of lines. */
function middleChanges(old: readonly string[], fresh: readonly string[], from: number): TextChange[] {
  const width = fresh.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      common[i * width + j] =
        old[i] === fresh[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const changes: TextChange[] = [];
  let offset = from;
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const start = offset;
    let text = "";
    while ((i < old.length || j < fresh.length) && (i >= old.length || j >= fresh.length || old[i] !== fresh[j])) {
      if (j >= fresh.length || (i < old.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) offset += old[i++]!.length;
      else text += fresh[j++]!;
    }
    if (offset > start || text !== "") changes.push({ span: { start, end: offset }, text });
    while (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      offset += old[i++]!.length;
      j++;
    }
  }
  return changes;
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}
