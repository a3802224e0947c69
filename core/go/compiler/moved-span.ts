import type { Span } from "#core/text/positions.ts";
import { changedRegion } from "../source/changed-region.ts";

/**
 * Where `span` of the text `before` stands in `after`; undefined where a line that it touches has changed since, as what was said about
 * that line may no longer hold. All that lies between the common start and the common end of the texts counts as changed, which is
 * their `region`.
 */
export function movedSpan(before: string, after: string, span: Span, region = changedRegion(before, after)): Span | undefined {
  const { start, endBefore, endAfter } = region;
  if (start === endBefore && start === endAfter) return span;
  const lines = { start: span.start === 0 ? 0 : before.lastIndexOf("\n", span.start - 1) + 1, end: lineEnd(before, span.end) };
  let delta = 0;
  if (lines.end > start) {
    if (lines.start < endBefore) return undefined;
    delta = after.length - before.length;
  }
  // Text that was put in right before or behind them may have made them part of another line.
  const from = lines.start + delta;
  const isWhole = (from === 0 || after[from - 1] === "\n") && lineEnd(after, span.end + delta) === lines.end + delta;
  return isWhole ? { start: span.start + delta, end: span.end + delta } : undefined;
}

function lineEnd(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found;
}
