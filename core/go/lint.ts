/** Checks one Go file of a package for what the compiler does not say about its wasm directives. */
import { goLints } from "./rules/index.ts";
import type { LintContext, LintProblem } from "./rules/lint.ts";

/** In the order of the text. */
export function lintProblemsOf(context: LintContext): LintProblem[] {
  const found: LintProblem[] = [];
  for (const lint of goLints) lint.check(context, (finding) => found.push({ ...finding, code: lint.code }));
  return found.sort((a, b) => a.span.start - b.span.start);
}
