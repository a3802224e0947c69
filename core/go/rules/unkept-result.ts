/** An export that returns the address of something that Go itself no longer knows: the collector may take it (runtime/mgc.go). */
import type { FuncDeclaration, GoFile } from "../source/syntax.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import { underlying } from "../types/types.ts";
import { resultsOf } from "./border.ts";
import { exportedInFile, type GoLint, type LintContext } from "./lint.ts";

export const unkeptResult: GoLint = {
  code: "unkept-result",
  check(context, report) {
    for (const border of exportedInFile(context)) {
      const [result, ...more] = resultsOf(context, border);
      if (result === undefined || more.length > 0) continue;
      const shape = underlying(result.type);
      const isAddress =
        shape.kind === "pointer" || (shape.kind === "basic" && (shape.name === "uintptr" || shape.name === "unsafe.Pointer"));
      if (!isAddress || !makesWithoutKeeping(context, border.file, border.declaration)) continue;
      report({
        span: result.span,
        severity: "warning",
        message: "the garbage collector may free what this export returns the address of",
        advice: [
          "An address in the host's hands keeps nothing alive, and what is made here is known nowhere else.",
          "Keep it in a package variable, such as a map by its address, until the host says that it is done.",
        ],
      });
    }
  },
};

/** The body makes something, and uses no variable of the package and no function that could keep it. */
function makesWithoutKeeping({ package: { members } }: LintContext, { tokens }: GoFile, { body }: FuncDeclaration): boolean {
  if (body === undefined) return false;
  const { kinds, starts, ends, text } = tokens;
  let makes = false;
  for (let index = body.from; index < body.to; index++) {
    if (kinds[index] !== kind.name || kinds[index - 1] === kind.dot) continue;
    const name = text.slice(starts[index], ends[index]);
    const member = members.get(name);
    if (member?.kind === "var" || member?.kind === "func") return false;
    if (member === undefined && (name === "make" || name === "new") && kinds[index + 1] === kind.openParen) makes = true;
  }
  return makes;
}
