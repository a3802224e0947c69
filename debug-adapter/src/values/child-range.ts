/** Elements from `start` on, at most `count`. */
export interface ChildRange {
  readonly start: number;
  readonly count: number;
}

/** Elements that are handed out at once, whatever was asked for. */
export const unpagedLimit = 10_000;

/** The numbers of `range` that `count` elements have. */
export function within(range: ChildRange, count: number): readonly number[] {
  const start = Math.max(range.start, 0);
  const end = Math.min(start + Math.min(range.count, unpagedLimit), count);
  return Array.from({ length: Math.max(end - start, 0) }, (_, at) => start + at);
}
