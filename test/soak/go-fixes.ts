/** Every fix that is offered for the 2000 generated cases, carried out, compiled and linked by the installed Go. */
import { expect, test } from "vitest";
import { compilerErrors } from "../core/go/fixes/go-build.ts";
import { outcomesOf } from "../core/go/fixes/repair.ts";
import { generatedCases } from "../server/go/corpus.ts";

test("all generated cases", () => {
  const { outcomes, complaints } = outcomesOf(generatedCases());
  expect(complaints).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(2000);
  expect([...compilerErrors(outcomes, true)]).toEqual([]);
});
