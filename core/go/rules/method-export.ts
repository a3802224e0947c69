/** The host cannot call a method. */
import { isCompiled } from "./border.ts";
import type { GoRule } from "./rule.ts";

export const methodExport: GoRule = {
  code: "method-export",
  phase: 2,
  check(context, report) {
    for (const { file, declaration, exporting } of context.borderInFile) {
      if (exporting === undefined || declaration.receiver === undefined || !isCompiled(context, declaration)) continue;
      report({
        span: exporting.span,
        message: "cannot use //go:wasmexport on a method",
        advice: [
          `Export a function that calls it: func ${upperFirst(declaration.name.text)}Export(…) with the receiver as its first parameter, or with an int32 handle for it.`,
        ],
        position: declaration.position,
        owner: declaration,
        related: [{ file, span: declaration.receiver.span, message: "The receiver makes it a method" }],
      });
    }
  },
};

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
