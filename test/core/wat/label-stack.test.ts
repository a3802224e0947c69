import { expect, test } from "vitest";
import { LabelStack } from "#core/wat/label-stack.ts";

test("a name means the innermost label that has it", () => {
  const labels = new LabelStack();
  expect(labels.distanceTo("a")).toBeUndefined();
  for (const name of ["a", undefined, "b", "a", undefined]) labels.push(name);
  expect([labels.distanceTo("a"), labels.distanceTo("b"), labels.distanceTo("c"), labels.depth]).toEqual([1, 2, undefined, 5]);
  expect([0, 1, 2, 4, 5].map((distance) => labels.nameAt(distance))).toEqual([undefined, "a", "b", "a", undefined]);
  // As for the clauses of a block, which its own label does not reach.
  expect([labels.distanceTo("a", 1), labels.distanceTo("a", 2), labels.distanceTo("b", 3)]).toEqual([1, 4, undefined]);
  labels.pop();
  labels.pop();
  expect([labels.distanceTo("a"), labels.distanceTo("b"), labels.depth]).toEqual([2, 0, 3]);
  labels.pop();
  expect([labels.distanceTo("a"), labels.distanceTo("b"), labels.depth]).toEqual([1, undefined, 2]);
});
