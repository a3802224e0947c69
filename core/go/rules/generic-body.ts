/** A generic function cannot be imported: it has no single address that the host could give. */
import type { GoRule } from "./rule.ts";

export const genericBody: GoRule = {
  code: "generic-body",
  phase: 1,
  check({ file }, report) {
    for (const declaration of file.functions) {
      if (declaration.parameters.length === 0 || declaration.body !== undefined || !declaration.signature.complete) continue;
      report({
        span: declaration.name.span,
        message: "generic function is missing function body",
        advice: [
          "The host can give only functions with concrete types: import one without type parameters, and call it from a generic function with a body.",
        ],
        position: declaration.position,
        owner: declaration,
      });
    }
  },
};
