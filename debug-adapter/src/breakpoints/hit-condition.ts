/** Decides by the number of a hit, 1 for the first, whether it counts. */
export type HitTest = (hits: number) => boolean;

const tests: Readonly<Record<string, (hits: number, count: number) => boolean>> = {
  "==": (hits, count) => hits === count,
  "=": (hits, count) => hits === count,
  ">": (hits, count) => hits > count,
  ">=": (hits, count) => hits >= count,
  "<": (hits, count) => hits < count,
  "<=": (hits, count) => hits <= count,
  "%": (hits, count) => count > 0 && hits % count === 0,
};

/** Reads `5`, `== 5`, `> 5`, `% 5` and the like; `undefined` where it is none of them. A number alone means exactly that hit. */
export function parseHitCondition(text: string): HitTest | undefined {
  const match = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d+)\s*$/.exec(text);
  if (!match) return undefined;
  const test = tests[match[1] ?? "=="]!;
  const count = Number(match[2]);
  return (hits) => test(hits, count);
}
