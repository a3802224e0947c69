/** Parameters that their function never uses, where nobody else gives the function its type. */
import { forEachInnerUse, innerNames } from "../features/inner-names.ts";
import { InnerUse } from "../field-notes.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { LintFinding } from "./finding.ts";
import { mostTokens, nameIn, tokensSpan } from "./lint.ts";

/** Kept on the field. Whether the function is one of whose type it may be said is for the caller to know. */
export function unusedParameters(source: FieldText): readonly LintFinding[] {
  const { notes } = source.field;
  notes.unusedParameters ??= findUnused(source);
  return notes.unusedParameters;
}

function findUnused(source: FieldText): readonly LintFinding[] {
  const { field } = source;
  // An import has no body, and what names a type shares its parameters with others.
  const isOwn = field.kind === Node.funcField && field.tokenCount <= mostTokens && field.childOf(0, Node.inlineImport) === undefined;
  if (!isOwn || field.childOf(0, Node.param) === undefined || field.childOf(0, Node.typeUse) !== undefined) return none;
  const names = innerNames(source);
  const used = new Set<number>();
  forEachInnerUse(names, (_, kind, meant) => {
    if (kind === InnerUse.localByIndex || kind === InnerUse.localByName) used.add(meant);
  });
  return names.locals.flatMap(({ isParameter, name, type, typeEnd }, at): LintFinding[] => {
    if (!isParameter || used.has(at) || (name !== undefined && source.tokenText(name).startsWith("$_"))) return [];
    const span = name === undefined ? tokensSpan(source, type, typeEnd) : tokensSpan(source, name, name + 1);
    const what = name === undefined ? `Parameter ${at}` : `The parameter \`${nameIn(source, name)}\``;
    return [{ code: "unused-parameter", message: `${what} is never used.`, ...span }];
  });
}

const none: readonly LintFinding[] = [];
