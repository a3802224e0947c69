/** Marks all structs that a file's borders reach, in one go. */
import { problemsOf, type FileCheck } from "../check.ts";
import type { GoFile } from "../source/syntax.ts";
import type { TextChange } from "./text-change.ts";
import { changesOf } from "./changes.ts";
import { hostLayout } from "./host-layout.ts";
import { firstTrial, outcomeOf, withOffer } from "./verify.ts";

/** Each round marks the structs behind one pointer. */
const maximalRounds = 500;

/** No change where no struct lacks the marker alone. */
export function markAllStructs(check: FileCheck, isEditable: (file: GoFile) => boolean): ReadonlyMap<GoFile, readonly TextChange[]> {
  let trial = firstTrial(check);
  for (let round = 0; round < maximalRounds; round++) {
    const { context, origins } = trial;
    const request = { context, source: trial.check.source, isEditable: (file: GoFile) => isEditable(origins.get(file) ?? file) };
    const offers = problemsOf(context)
      .filter(({ code }) => hostLayout.codes.includes(code))
      .flatMap((problem) => hostLayout.offer({ ...request, problem }));
    if (offers[0] === undefined) break;
    trial = withOffer(trial, offers[0]);
  }
  return changesOf(outcomeOf(trial)).changes;
}
