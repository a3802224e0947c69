/** Labels that nothing branches to, and labels that hide another of the same name. */
import { forEachInnerUse, innerNames } from "../features/inner-names.ts";
import { InnerUse } from "../field-notes.ts";
import type { Field } from "../field.ts";
import { Node } from "../node.ts";
import type { LintEdit, LintFinding } from "./finding.ts";
import { nameIn, removal, tokensSpan, type FieldLint } from "./lint.ts";

export const labelLints: FieldLint = (source) => {
  const { field } = source;
  if (!hasLabelNames(field)) return [];
  const names = innerNames(source);
  const used = new Set<number>();
  const repeated = new Map<number, number[]>();
  forEachInnerUse(names, (token, kind, meant) => {
    if (kind === InnerUse.labelByName || kind === InnerUse.labelByIndex) used.add(meant);
    else if (kind === InnerUse.labelRepeated) repeated.set(meant, [...(repeated.get(meant) ?? []), token]);
  });
  const found: LintFinding[] = [];
  for (const node of names.labels) {
    const token = field.nameToken(node);
    if (token === undefined) continue;
    const name = source.nameOf(token);
    const span = tokensSpan(source, token, token + 1);
    if (names.hiding.has(node)) {
      const message = `The label \`${nameIn(source, token)}\` hides that of a block around this one. Give it another name.`;
      found.push({ code: "shadowed-label", message, ...span });
    }
    if (used.has(node) || name.startsWith("_")) continue;
    const edits = [token, ...(repeated.get(node) ?? [])].map((place): LintEdit => removal(source, place, place + 1));
    const message = `Nothing branches to the label \`${nameIn(source, token)}\`.`;
    found.push({ code: "unused-label", message, ...span, fix: { title: "Remove the label", edits, isForAll: true } });
  }
  return found;
};

function hasLabelNames(field: Field): boolean {
  for (let node = 1; node < field.nodeCount; node++) {
    const kind = field.kindOf(node);
    if ((kind === Node.block || kind === Node.foldedBlock) && field.nameToken(node) !== undefined) return true;
  }
  return false;
}
