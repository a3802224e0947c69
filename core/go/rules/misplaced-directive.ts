/** A directive that is not alone on its line, or that no function follows. */
import { functionAt } from "../source/parser.ts";
import type { WasmDirective } from "../source/syntax.ts";
import { functionAround } from "./border.ts";
import { exportsSince } from "./lint.ts";
import type { GoRule } from "./rule.ts";

export const misplacedDirective: GoRule = {
  code: "misplaced-directive",
  phase: 1,
  check({ file, isWasm, target }, report) {
    for (const span of file.strayComments) {
      report({
        span,
        message: "misplaced compiler directive",
        advice: ["A directive stands alone on its line: move it to the line above its function, and take comments away before it."],
        position: span.start + 2,
        owner: functionAt(file.functions, span),
      });
    }
    // Where the target is not wasm, the compiler forgets well-formed directives at once.
    for (const [index, directive] of isWasm ? file.directives.entries() : []) {
      if (!directive.wellFormed || directive.target !== "misplaced" || isOverwritten(file.directives, index)) continue;
      if (directive.kind === "wasmexport" && target.minor < exportsSince) continue;
      report({
        span: directive.span,
        message: `misplaced go:${directive.kind} directive`,
        advice: [
          `Only a function takes it: move it to the line above the func that it ${directive.kind === "wasmimport" ? "imports" : "exports"}, or delete it.`,
        ],
        position: directive.position,
        owner: functionAround(directive),
      });
    }
  },
};

/** The compiler keeps one directive of each kind, so only the last one is known to be misplaced. */
function isOverwritten(directives: readonly WasmDirective[], index: number): boolean {
  const own = directives[index]!;
  return directives.slice(index + 1).some((later) => later.kind === own.kind && later.metAt === own.metAt && later.wellFormed);
}
