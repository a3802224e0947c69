/** Tokens of an edited text out of those of the text before: only what the edit can have changed is scanned. */
import { changedRegion } from "./changed-region.ts";
import { endsStatementAt, matchBrackets, scanPart, type GoComment, type Tokens } from "./tokens.ts";

/** Characters behind its end that the scanner looks at before it knows where a token ends: `&^=` starts like `&^`. */
const lookahead = 3;

/** The same as a full scan of `text`, which a test of random edits says. */
export function rescanTokens(before: Tokens, text: string): Tokens {
  const { start, endBefore, endAfter } = changedRegion(before.text, text);
  if (endBefore === start && endAfter === start) return before;
  const delta = endAfter - endBefore;
  const kept = keptTokens(before, start - lookahead);
  const last = kept - 1;
  const from = last < 0 ? { at: 0, semicolonAtLineEnd: false, blank: true } : stateBehind(before, last);
  let same = kept;
  const part = scanPart(text, from, (at) => {
    if (at < endAfter) return false;
    while (same < before.count && before.starts[same]! + delta < at) same++;
    // A semicolon that a line's end makes has no text: what comes next may depend on what stood before.
    while (same < before.count && before.starts[same] === before.ends[same] && before.starts[same]! + delta === at) same++;
    return same < before.count && before.starts[same]! + delta === at;
  });
  const behind = part.stopped ? same : before.count;
  const count = kept + part.count + (before.count - behind);
  const kinds = new Uint8Array(count);
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  for (const [target, source, added] of [
    [kinds, "kinds", 0],
    [starts, "starts", delta],
    [ends, "ends", delta],
  ] as const) {
    target.set(before[source].subarray(0, kept));
    target.set(part[source].subarray(0, part.count), kept);
    const to = kept + part.count - behind;
    for (let index = behind; index < before.count; index++) target[index + to] = before[source][index]! + added;
  }
  const moved = kept + part.count - behind;
  const goComments = [
    ...before.goComments.filter(({ beforeToken }) => beforeToken < kept),
    ...part.goComments.map((comment) => shifted(comment, 0, kept)),
    ...(part.stopped
      ? before.goComments.filter(({ beforeToken }) => beforeToken > behind).map((comment) => shifted(comment, delta, moved))
      : []),
  ];
  return { text, count, kinds, starts, ends, matches: matchBrackets(kinds, count), goComments };
}

/** How many tokens end so far before `limit` that no change from there on touches them; the last of them has text of its own. */
function keptTokens({ starts, ends, count }: Tokens, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  while (low > 0 && starts[low - 1] === ends[low - 1]) low--;
  return low;
}

function stateBehind(tokens: Tokens, index: number): Parameters<typeof scanPart>[1] {
  return { at: tokens.ends[index]!, semicolonAtLineEnd: endsStatementAt(tokens, index), blank: false };
}

function shifted({ start, end, alone, beforeToken }: GoComment, offset: number, tokens: number): GoComment {
  return { start: start + offset, end: end + offset, alone, beforeToken: beforeToken + tokens };
}
