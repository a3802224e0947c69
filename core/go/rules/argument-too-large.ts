/** Parameters and results of an export fit 128 bytes of stack (cmd/compile/internal/ssagen/abi.go, `abi.StackSmall`). */
import { roundUp } from "../types/layout.ts";
import { activeDirective, isCompiled, parametersOf, resultsOf } from "./border.ts";
import type { GoRule } from "./rule.ts";

const limit = 128n;

export const argumentTooLarge: GoRule = {
  code: "argument-too-large",
  phase: 3,
  check(context, report) {
    for (const border of context.borderInFile) {
      const { declaration } = border;
      if (activeDirective(border)?.kind !== "wasmexport" || !isCompiled(context, declaration)) continue;
      const parameters = context.layouts.sequence(parametersOf(context, border).map((crossing) => crossing.type));
      const results = context.layouts.sequence(resultsOf(context, border).map((crossing) => crossing.type));
      const size = roundUp(roundUp(parameters.size, 8n) + results.size, 8n);
      // With a part unknown this is the least it can be, so the message is still right.
      if (size <= limit) continue;
      const exact = parameters.exact && results.exact;
      report({
        span: declaration.name.span,
        message: "wasmexport function argument too large",
        advice: [
          `Parameters and results take ${exact ? "" : "at least "}${size} bytes, at most ${limit} are allowed.`,
          `Pass one pointer to a struct that holds them, with _ structs.HostLayout as its first field.`,
        ],
        position: declaration.position,
        owner: declaration,
      });
    }
  },
};
