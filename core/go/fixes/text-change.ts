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

/** Texts that differ in more lines than this are replaced as a whole. */
const maximalDifferences = 1000;

/** Changes of whole lines from `before` to `after`, in ascending order. */
export function changesBetween(before: string, after: string): TextChange[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const kept = keptLines(old, fresh);
  if (kept === undefined) return [{ span: { start: 0, end: before.length }, text: after }];
  const changes: TextChange[] = [];
  let [i, j, offset] = [0, 0, 0];
  for (const [nextOld, nextFresh] of [...kept, [old.length, fresh.length] as const]) {
    const start = offset;
    let text = "";
    while (i < nextOld) offset += old[i++]!.length;
    while (j < nextFresh) text += fresh[j++]!;
    if (offset > start || text !== "") changes.push({ span: { start, end: offset }, text });
    // The kept line itself.
    offset += old[i++]?.length ?? 0;
    j++;
  }
  return changes;
}

/**
 * Pairs of indices of lines that stay, ascending: the shortest edit script (E. Myers, "An O(ND) Difference Algorithm
 * and Its Variations", 1986). Undefined where it is too long.
 */
function keptLines(old: readonly string[], fresh: readonly string[]): (readonly [number, number])[] | undefined {
  const limit = Math.min(old.length + fresh.length, maximalDifferences);
  // How far into `old` one gets on each diagonal, for each number of differences.
  const rounds: Int32Array[] = [];
  let furthest = new Int32Array(3);
  for (let differences = 0; differences <= limit; differences++) {
    // Diagonal k is at index k + differences + 1; one more at either end saves asking.
    const reached = new Int32Array(2 * differences + 5);
    const at = (k: number): number => furthest[k + differences] ?? 0;
    for (let k = -differences; k <= differences; k += 2) {
      const down = k === -differences || (k !== differences && at(k - 1) < at(k + 1));
      let i = differences === 0 ? 0 : down ? at(k + 1) : at(k - 1) + 1;
      while (i < old.length && i - k < fresh.length && old[i] === fresh[i - k]) i++;
      reached[k + differences + 1] = i;
      if (i >= old.length && i - k >= fresh.length) return backwards(old, fresh, rounds, differences, k);
    }
    rounds.push(reached);
    furthest = reached;
  }
  return undefined;
}

/** Follows the script back from its end. */
function backwards(
  old: readonly string[],
  fresh: readonly string[],
  rounds: readonly Int32Array[],
  differences: number,
  diagonal: number,
): (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = [];
  let [i, j, k] = [old.length, fresh.length, diagonal];
  for (let round = differences; round > 0; round--) {
    const before = rounds[round - 1]!;
    const at = (other: number): number => before[other + round] ?? 0;
    const down = k === -round || (k !== round && at(k - 1) < at(k + 1));
    k = down ? k + 1 : k - 1;
    const start = down ? at(k) : at(k) + 1;
    while (i > start) kept.push([--i, --j]);
    if (down) j--;
    else i--;
  }
  while (i > 0) kept.push([--i, --j]);
  return kept.reverse();
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}
