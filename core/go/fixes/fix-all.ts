/** Marks all structs that a file's borders reach, in one go. */
import { problemsOf, type FileCheck } from "../check.ts";
import type { GoFile } from "../source/syntax.ts";
import { changesOf } from "./changes.ts";
import { Draft } from "./draft.ts";
import { hostLayout, markBehind } from "./host-layout.ts";
import type { TextChange } from "./text-change.ts";
import { firstTrial, outcomeOf, withDraft } from "./verify.ts";

/** No change where no struct lacks the marker alone. */
export function markAllStructs(check: FileCheck, isEditable: (file: GoFile) => boolean): ReadonlyMap<GoFile, readonly TextChange[]> {
  const trial = firstTrial(check);
  const draft = new Draft();
  for (const problem of problemsOf(trial.context)) {
    if (hostLayout.codes.includes(problem.code)) markBehind({ context: trial.context, source: check.source, problem, isEditable }, draft);
  }
  return changesOf(outcomeOf(withDraft(trial, draft))).changes;
}
