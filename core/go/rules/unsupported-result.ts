/** A result whose type the host does not have. */
import { activeDirective, isCompiled, resultsOf } from "./border.ts";
import { refusal } from "./crossing-types.ts";
import type { GoRule } from "./rule.ts";

export const unsupportedResult: GoRule = {
  code: "unsupported-result",
  phase: 3,
  check(context, report) {
    for (const border of context.borderInFile) {
      const directive = activeDirective(border);
      if (directive === undefined || !isCompiled(context, border.declaration)) continue;
      const results = resultsOf(context, border);
      const result = results[0];
      if (result === undefined || results.length > 1) continue;
      const refused = refusal(context, result.type, "result");
      if (refused === undefined) continue;
      report({
        span: result.span,
        message: `go:${directive.kind}: unsupported result type ${refused.text}`,
        advice: refused.advice,
        position: border.declaration.position,
        owner: border.declaration,
        related: refused.related,
      });
    }
  },
};
