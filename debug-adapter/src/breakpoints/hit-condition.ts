/** Which hits count, 1 for the first. */
export interface HitRule {
  readonly operator: keyof typeof tests;
  readonly count: number;
}

const tests = {
  "==": (hits: number, count: number) => hits === count,
  ">": (hits: number, count: number) => hits > count,
  ">=": (hits: number, count: number) => hits >= count,
  "<": (hits: number, count: number) => hits < count,
  "<=": (hits: number, count: number) => hits <= count,
  "%": (hits: number, count: number) => count > 0 && hits % count === 0,
} as const;

/** Reads `5`, `== 5`, `> 5`, `% 5` and the like; `undefined` where it is none of them. A number alone means exactly that hit. */
export function parseHitCondition(text: string): HitRule | undefined {
  const match = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d{1,15})\s*$/.exec(text);
  if (!match) return undefined;
  const operator = match[1] ?? "==";
  return { operator: operator === "=" ? "==" : (operator as HitRule["operator"]), count: Number(match[2]) };
}

export function isMet({ operator, count }: HitRule, hits: number): boolean {
  return tests[operator](hits, count);
}
