/** `(func $f (export "f"))` as `(func $f)` and `(export "f" (func $f))`. Exports stay in their order. */
import { definitionsOf } from "../definitions.ts";
import type { BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { moduleOf, nodeWith, tokenAt } from "../features/place.ts";
import { firstEntryOf } from "../features/symbol.ts";
import { cut } from "../features/text.ts";
import { Node } from "../node.ts";
import { coalesced } from "./edits.ts";
import { fieldsBehind, hasCommentBetween, isDefinition, moduleToRewrite, nodeRemoval } from "./fields.ts";
import type { OfferedChange, Refactor } from "./refactoring.ts";

export const exportsApart: Refactor = ({ document, selection, isInvoked }) => {
  const found: OfferedChange[] = [];
  const place = tokenAt(document, selection.start);
  if (place === undefined) return found;
  const { at, source, token } = place;
  const { field } = source;
  const node = nodeWith(field, token);
  if (field.kindOf(node) === Node.inlineExport && moduleToRewrite(document, at) !== undefined) {
    // Those behind it come along, so that all stay in their order.
    const nodes = inlineExports(document, at).filter((other) => other >= node);
    const edits = takenApart(document, moduleOf(document, at)!, at, nodes);
    const title =
      nodes.length === 1
        ? `Write \`(export ${cut(source.tokenText(field.wordToken(node) + 1), 40)})\` as a field of its own`
        : "Write this export and those behind it as fields";
    if (edits.length > 0) found.push({ title, kind: "extract", edits });
  }
  if (isInvoked && (field.kindOf(node) === Node.inlineExport || field.kind === Node.exportField || field.kind === Node.opening)) {
    const edits = allApart(document, at);
    if (edits.length > 0) found.push({ title: "Write all exports of the module as fields of their own", kind: "rewrite", edits });
  }
  return found;
};

function allApart(document: WatDocument, at: number): WatEdit[] {
  const module = moduleToRewrite(document, at);
  const edits: WatEdit[] = [];
  if (module === undefined) return edits;
  for (let field = module.first; field < module.end; field++) {
    const nodes = document.fields[field]!.problems.length > 0 ? [] : inlineExports(document, field);
    if (nodes.length > 0) edits.push(...takenApart(document, module, field, nodes));
  }
  return coalesced(document.text, edits);
}

/** Nodes of the inline exports of a field. */
function inlineExports(document: WatDocument, at: number): number[] {
  const field = document.fields[at]!;
  const found: number[] = [];
  if (!isDefinition(field.kind)) return found;
  for (let node = 1; node < field.nodeCount && field.kindOf(node) === Node.inlineExport; node = field.nodeEnd(node)) found.push(node);
  return found;
}

function takenApart(document: WatDocument, module: BoundModule, at: number, nodes: readonly number[]): WatEdit[] {
  const source = document.fieldText(at);
  const { field } = source;
  if (nodes.some((node) => hasCommentBetween(source, field.firstToken(node), field.endToken(node)))) return [];
  const fields = nodes.map((node) => `(export ${source.tokenText(field.wordToken(node) + 1)} ${targetOf(document, module, at)})`);
  return [...nodes.map((node) => nodeRemoval(source, node)), fieldsBehind(document, at, fields)];
}

/** How an export names what a field defines, such as `(func $f)`. */
export function targetOf(document: WatDocument, module: BoundModule, at: number): string {
  const source = document.fieldText(at);
  const { field } = source;
  const name = field.nameToken(0);
  const index = name === undefined ? String(firstEntryOf(module, definitionsOf(source).entries[0]!.space, at)) : source.tokenText(name);
  return `(${source.tokenText(field.wordToken(0))} ${index})`;
}
