/** Marks the structs behind a pointer that crosses, wherever they are declared. */
import type { MemoryProblem } from "../types/memory.ts";
import { onlyMarkersMissing } from "./carriers.ts";
import { Draft } from "./draft.ts";
import { quickFix, type FixRequest, type Recipe } from "./fix.ts";
import { markStructs } from "./markers.ts";
import { memoryProblems } from "./refused-pointer.ts";

export const hostLayout: Recipe = {
  codes: ["unsupported-parameter", "unsupported-result"],
  offer(request) {
    const draft = new Draft();
    const problems = markBehind(request, draft);
    return problems.length === 0 ? [] : [quickFix(titleOf(request, problems), draft)];
  },
};

/** Adds to `draft` what marks the structs that the problem is about; gives nothing back, and adds nothing, where that does not help. */
export function markBehind(request: FixRequest, draft: Draft): readonly MemoryProblem[] {
  const { context, source, isEditable } = request;
  const problems = memoryProblems(request);
  const helps = onlyMarkersMissing(problems) && markStructs({ context, source, isEditable, file: context.file, draft }, problems);
  return helps ? problems : [];
}

function titleOf({ context }: FixRequest, problems: readonly MemoryProblem[]): string {
  const defined = problems.find((problem) => problem.kind === "defined-marker");
  if (defined !== undefined && problems.length === 1 && defined.type.kind === "named")
    return `Make ${defined.type.name} an alias of structs.HostLayout`;
  const names = problems.map(({ type }) => (type.kind === "named" ? (context.print(type) ?? type.name) : "the anonymous struct"));
  const unique = [...new Set(names)];
  const listed = unique.length <= 3 ? unique.join(", ") : `${unique.slice(0, 2).join(", ")} and ${unique.length - 2} more`;
  return `Add structs.HostLayout to ${listed}`;
}
