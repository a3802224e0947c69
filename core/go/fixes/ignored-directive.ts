/** A comment that was meant as a directive becomes one; a directive without effect goes where it has one, or away. */
import type { GoFile } from "../source/syntax.ts";
import { Draft } from "./draft.ts";
import { quickFix, type FixableProblem, type Offer, type Recipe } from "./fix.ts";
import { withoutCommentLine } from "./lines.ts";
import { movesAndDeletion } from "./misplaced-directive.ts";

export const ignoredDirective: Recipe = {
  codes: ["ignored-directive"],
  offer({ context: { file }, problem }) {
    const directive = file.directives.find(({ span }) => span.start === problem.span.start);
    if (directive === undefined) return almost(file, problem);
    if (typeof directive.target === "string") return movesAndDeletion(file, directive);
    const draft = new Draft();
    const change = withoutCommentLine(file.text, directive.span);
    draft.replace(file, change.span, change.text);
    return [quickFix("Delete the directive, which has no effect", draft)];
  },
};

/** Written as the compiler reads it; without names, with that of the function behind it. */
function almost(file: GoFile, { span }: FixableProblem): Offer[] {
  const comment = file.text.slice(span.start, span.end).replace(/\*\/\s*$/u, "");
  const match = /^\/[/*][ \t]*go:wasm[-_]?(import|export)s?(.*)$/isu.exec(comment);
  if (match === null) return [];
  const kind = `wasm${match[1]!.toLowerCase()}`;
  const names = match[2]!.split(/\s+/u).filter((name) => name !== "");
  const needed = kind === "wasmimport" ? 2 : 1;
  const next = file.functions.find((declaration) => declaration.span.start >= span.end);
  if (names.length < needed && next === undefined) return [];
  if (names.length === 0 && needed === 2) names.push("env");
  if (names.length < needed) names.push(next!.name.text);
  const directive = `//go:${kind} ${names.join(" ")}`;
  const draft = new Draft();
  draft.replace(file, span, directive);
  return [quickFix(`Write ${directive}`, draft)];
}
