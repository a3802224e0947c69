/** The host's functions have at most one result. */
import { activeDirective, isCompiled } from "./border.ts";
import type { GoRule } from "./rule.ts";

export const tooManyResults: GoRule = {
  code: "too-many-results",
  phase: 3,
  check(context, report) {
    for (const border of context.borderInFile) {
      const directive = activeDirective(border);
      const { declaration } = border;
      if (directive === undefined || declaration.signature.results.length <= 1 || !isCompiled(context, declaration)) continue;
      report({
        span: declaration.signature.resultSpan,
        message: `go:${directive.kind}: too many return values`,
        advice: ["Return one value, and write the others through pointer parameters; an error becomes an int32 status."],
        position: declaration.position,
        owner: declaration,
      });
    }
  },
};
