/** `func init` cannot be imported. */
import type { GoRule } from "./rule.ts";

export const initBody: GoRule = {
  code: "init-body",
  phase: 1,
  check({ file, target }, report) {
    for (const declaration of file.functions) {
      if (
        declaration.name.text !== "init" ||
        declaration.receiver !== undefined ||
        declaration.body !== undefined ||
        !declaration.signature.complete
      )
        continue;
      report({
        span: declaration.name.span,
        message: target.minor < 25 ? "missing function body" : "func init must have a body",
        advice: ["Import the host's function under another name, and call it: func init() { hostInit() }."],
        position: declaration.name.span.start,
        owner: declaration,
      });
    }
  },
};
