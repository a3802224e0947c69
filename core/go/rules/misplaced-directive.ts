/** A directive that is not alone on its line, or that no function follows. */
import type { WasmDirective } from "../source/syntax.ts";
import { functionAround } from "./border.ts";
import type { GoRule } from "./rule.ts";

export const misplacedDirective: GoRule = {
  code: "misplaced-directive",
  phase: 1,
  check({ file, isWasm }, report) {
    for (const [index, directive] of file.directives.entries()) {
      const { span, position } = directive;
      if (directive.trailing) {
        const advice = ["A directive stands alone on its line, above its function: move it there, and take comments away before it."];
        report({ span, message: "misplaced compiler directive", advice, position, owner: trailingOwner(directive) });
      } else if (isWasm && directive.wellFormed && directive.target === "misplaced" && !isOverwritten(file.directives, index)) {
        const advice = [
          `Only a function takes it: move it to the line above the func that it ${directive.kind === "wasmimport" ? "imports" : "exports"}, or delete it.`,
        ];
        report({ span, message: `misplaced go:${directive.kind} directive`, advice, position, owner: functionAround(directive) });
      }
    }
  },
};

/** Behind a function's own text it says nothing about the next one. */
function trailingOwner(directive: WasmDirective): WasmDirective["inside"] {
  return directive.inside;
}

/** The compiler keeps one directive of each kind, so only the last one is known to be misplaced. */
function isOverwritten(directives: readonly WasmDirective[], index: number): boolean {
  const own = directives[index]!;
  return directives
    .slice(index + 1)
    .some((later) => later.kind === own.kind && later.metAt === own.metAt && later.wellFormed && !later.trailing);
}
