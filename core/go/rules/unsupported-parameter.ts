/** A parameter, or the receiver of an import, whose type the host does not have. */
import { activeDirective, isCompiled, parametersOf } from "./border.ts";
import { refusal } from "./crossing-types.ts";
import { hasEmptyDictionary } from "./dictionary.ts";
import type { GoRule } from "./rule.ts";

export const unsupportedParameter: GoRule = {
  code: "unsupported-parameter",
  phase: 3,
  check(context, report) {
    for (const border of context.borderInFile) {
      const directive = activeDirective(border);
      if (directive === undefined || !isCompiled(context, border.declaration)) continue;
      if (hasEmptyDictionary(context.file, border.declaration)) {
        report({
          span: border.declaration.name.span,
          message: `go:${directive.kind}: unsupported parameter type *[0]uintptr`,
          advice: ["Generic code has a hidden first parameter: export a function with concrete types that calls it."],
          position: border.declaration.position,
          owner: border.declaration,
        });
      }
      let previous: { start: number; end: number } | undefined;
      for (const { type, span } of parametersOf(context, border)) {
        // `a, b int` has one type to change.
        if (previous?.start === span.start && previous.end === span.end) continue;
        previous = span;
        const refused = refusal(context, type, "parameter");
        if (refused === undefined) continue;
        report({
          span,
          message: `go:${directive.kind}: unsupported parameter type ${refused.text}`,
          advice: refused.advice,
          position: border.declaration.position,
          owner: border.declaration,
          related: refused.related,
        });
      }
    }
  },
};
