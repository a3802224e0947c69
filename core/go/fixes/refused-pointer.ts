/** What is behind a pointer that was refused. */
import { parametersOf, resultsOf } from "../rules/border.ts";
import type { MemoryProblem } from "../types/memory.ts";
import { underlying } from "../types/types.ts";
import { ownerOf, type FixRequest } from "./fix.ts";
import { borderOf } from "./signature.ts";

/** What keeps the pointer that the problem is about from crossing; nothing where it is about no pointer. */
export function memoryProblems(request: FixRequest): readonly MemoryProblem[] {
  const { context, problem } = request;
  const border = borderOf(context, ownerOf(request));
  if (border === undefined) return [];
  const crossings = problem.code === "unsupported-result" ? resultsOf(context, border) : parametersOf(context, border);
  const crossing = crossings.find(({ span }) => span.start === problem.span.start && span.end === problem.span.end);
  const shape = crossing === undefined ? undefined : underlying(crossing.type);
  return shape?.kind === "pointer" ? context.memory.verdict(shape.element).problems : [];
}
