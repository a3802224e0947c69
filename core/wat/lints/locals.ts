/** Locals that are never used, and locals that are set and never read. */
import { instructionTag } from "../token.ts";
import { forEachInnerUse, innerNames } from "../features/inner-names.ts";
import { InnerUse } from "../field-notes.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { LintFinding } from "./finding.ts";
import { nameIn, removal, tokensSpan, type FieldLint } from "./lint.ts";

const getTag = instructionTag("local.get");

export const unusedLocals: FieldLint = (source) => {
  const { field } = source;
  if (field.kind !== Node.funcField) return [];
  if (field.childOf(0, Node.local) === undefined) return [];
  const names = innerNames(source);
  const { locals } = names;
  const used = new Uint8Array(locals.length);
  const read = new Uint8Array(locals.length);
  let usesIndices = false;
  forEachInnerUse(names, (token, kind, meant) => {
    if (kind === InnerUse.localByIndex) usesIndices = true;
    else if (kind !== InnerUse.localByName) return;
    if (meant < 0 || meant >= locals.length) return;
    used[meant] = 1;
    if (field.tags[token - 1] === getTag) read[meant] = 1;
  });
  const hasHiddenParameters = field.childOf(0, Node.typeUse) !== undefined && field.childOf(0, Node.param) === undefined;
  // The type has parameters that move all indices.
  if (usesIndices && hasHiddenParameters) return [];
  const found: LintFinding[] = [];
  locals.forEach(({ isParameter, node, name, type, typeEnd }, at) => {
    if (isParameter || (used[at] === 1 && read[at] === 1) || (name !== undefined && source.tokenText(name).startsWith("$_"))) return;
    const span = name === undefined ? tokensSpan(source, type, typeEnd) : tokensSpan(source, name, name + 1);
    const what = name === undefined ? "This local" : `The local \`${nameIn(source, name)}\``;
    if (used[at] === 1) {
      const message = `${what} is set and never read. Leave out what sets it, or read it.`;
      found.push({ code: "unread-local", message, ...span });
      return;
    }
    const message = `${what} is never used.`;
    const isAlone = name !== undefined || locals.filter((other) => other.node === node).length === 1;
    if (usesIndices || !isAlone) found.push({ code: "unused-local", message, ...span });
    else found.push({ code: "unused-local", message, ...span, fix: removeLocal(source, node) });
  });
  return found;
};

function removeLocal(source: FieldText, node: number): NonNullable<LintFinding["fix"]> {
  const edit = removal(source, source.field.firstToken(node), source.field.endToken(node));
  return { title: "Remove the local", edits: [edit], isForAll: true };
}
