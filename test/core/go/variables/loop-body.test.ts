import { expect, test } from "vitest";
import { loopFunction } from "#core/go/variables/loop-body.ts";

/** Names of functions, and those that their loops are in. */
const names = [
  ["main.find-range1", "main.find"],
  ["main.nested-range12", "main.nested"],
  ["main.tree.func1-range1", "main.tree.func1"],
  ["main.(*Set[go.shape.string]).Each.func1-range1", "main.(*Set[go.shape.string]).Each.func1"],
  ["main.f-range1.func2-range1", "main.f-range1.func2"],
  ["main.f-range1.func2", undefined],
  ["main.f", undefined],
  ["example.com/a-range1.f", undefined],
  ["", undefined],
] as const;

test.each(names)("%s", (name, func) => {
  expect(loopFunction(name)).toBe(func);
});
