import type { WatDocument } from "#core/wat/document.ts";
import { LintHint } from "#core/wat/lint-hint.ts";
import { fieldFindings } from "#core/wat/lints/lints.ts";
import { unusedParameters } from "#core/wat/lints/parameters.ts";
import { Node } from "#core/wat/node.ts";

const allHints = Object.values(LintHint).reduce((all, hint) => all | hint, 0);

/** Findings in fields without syntax errors to which the parser gave no hint; each with the text of its function. */
export function unhinted(document: WatDocument): string[] {
  return document.fields.flatMap((field, at) => {
    if (field.kind !== Node.funcField || field.problems.length > 0) return [];
    const source = document.fieldText(at);
    const hinted = new Set(fieldFindings(source, field.hints).map(({ code, start }) => `${code} ${start}`));
    const missed = fieldFindings(source, allHints).filter(({ code, start }) => !hinted.has(`${code} ${start}`));
    if ((field.hints & LintHint.parameters) === 0) missed.push(...unusedParameters(source));
    return missed.map(({ code }) => `${code}: ${field.text}`);
  });
}
