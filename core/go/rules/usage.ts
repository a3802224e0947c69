/** A directive with too few or too many words; reported on every target. */
import type { WasmDirective } from "../source/syntax.ts";
import { functionAround } from "./border.ts";
import { exportsSince } from "./lint.ts";
import type { GoRule } from "./rule.ts";

export const usage: GoRule = {
  code: "usage",
  phase: 1,
  check({ file, target }, report) {
    for (const directive of file.directives) {
      if (directive.wellFormed || (directive.kind === "wasmexport" && target.minor < exportsSince)) continue;
      report({
        span: directive.span,
        message: directive.kind === "wasmimport" ? "usage: //go:wasmimport importmodule importname" : "usage: //go:wasmexport exportname",
        advice: [advice(directive)],
        position: directive.position,
        owner: functionAround(directive),
      });
    }
  },
};

function advice({ kind, words, target }: WasmDirective): string {
  const name = typeof target === "string" ? "name" : target.name.text;
  const needed = kind === "wasmimport" ? 2 : 1;
  if (words.length > needed) {
    const rest = words.slice(needed).map((word) => word.text);
    return `Names hold no spaces, and nothing may follow them: move ${JSON.stringify(rest.join(" "))} to a comment of its own.`;
  }
  if (kind === "wasmexport") return `Write the name that the host will call: //go:wasmexport ${name}.`;
  return `Write the module and the name of the function in it: //go:wasmimport ${words[0]?.text ?? "env"} ${name}.`;
}
