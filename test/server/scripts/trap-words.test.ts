import { expect, test } from "vitest";
import { isExpectedTrap } from "../../../server/src/scripts/trap-words.ts";

test("this V8's word for a trap is known, and is no other trap's", () => {
  expect(isExpectedTrap("unreachable", "unreachable")).toBe(true);
  expect(isExpectedTrap("integer divide by zero", "unreachable")).toBe(false);
});

test("words of another engine are not held against a script", () => {
  expect(isExpectedTrap("unreachable", "Unreachable code should not be executed", false)).toBe(true);
});
