import { expect, test } from "vitest";
import { isMet, parseHitCondition } from "../../../debug-adapter/src/breakpoints/hit-condition.ts";

// What Delve does with them, recorded in its goldens: a number alone is exactly that hit.
test.each([
  ["3", [3]],
  ["== 3", [3]],
  ["> 3", [4, 5, 6]],
  [">=3", [3, 4, 5, 6]],
  ["< 3", [1, 2]],
  ["<= 3", [1, 2, 3]],
  ["% 2", [2, 4, 6]],
  ["% 0", []],
])("%s", (text, hits) => {
  const rule = parseHitCondition(text)!;
  expect([1, 2, 3, 4, 5, 6].filter((hit) => isMet(rule, hit))).toEqual(hits);
});

test.each(["", "x", "> ", "3 4", "-1", "!= 2"])("%j is none", (text) => {
  expect(parseHitCondition(text)).toBeUndefined();
});
