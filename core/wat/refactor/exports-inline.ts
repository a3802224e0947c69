/** `(func $f)` and `(export "f" (func $f))` as `(func $f (export "f"))`. Exports come in the order of the text, which may be another then. */
import type { BoundModule } from "../bind.ts";
import { definitionsOf } from "../definitions.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { nodeWith, tokenAt } from "../features/place.ts";
import { cut } from "../features/text.ts";
import { Node } from "../node.ts";
import { coalesced } from "./edits.ts";
import { fieldRemoval, hasCommentBetween, insertion, moduleToRewrite } from "./fields.ts";
import type { OfferedChange, Refactor } from "./refactoring.ts";

export const exportsInline: Refactor = ({ document, selection, isInvoked }) => {
  const found: OfferedChange[] = [];
  const place = tokenAt(document, selection.start);
  if (place === undefined) return found;
  const { at, source, token } = place;
  const { field } = source;
  const module = moduleToRewrite(document, at);
  if (module === undefined) return found;
  if (field.kind === Node.exportField) {
    const edits = putInline(document, module, [at]);
    const title = `Write \`(export ${cut(source.tokenText(2), 40)})\` into the definition`;
    if (edits.length > 0) found.push({ title, kind: "inline", edits });
  }
  const isNear =
    field.kind === Node.exportField || field.kind === Node.opening || field.kindOf(nodeWith(field, token)) === Node.inlineExport;
  if (!isInvoked || !isNear) return found;
  const all: number[] = [];
  for (let other = module.first; other < module.end; other++) if (document.fields[other]!.kind === Node.exportField) all.push(other);
  const edits = coalesced(document.text, putInline(document, module, all));
  if (edits.length > 0) found.push({ title: "Write all exports of the module into the definitions", kind: "rewrite", edits });
  return found;
};

/** Edits for the export fields at some places, as far as they can be written into definitions. */
function putInline(document: WatDocument, module: BoundModule, places: readonly number[]): WatEdit[] {
  const edits: WatEdit[] = [];
  const texts = new Map<number, string>();
  for (const at of places) {
    const source = document.fieldText(at);
    const definition = definitionOfExport(document, module, at);
    if (definition === undefined || hasCommentBetween(source, 0, source.field.tokenCount)) continue;
    texts.set(definition, `${texts.get(definition) ?? ""} (export ${source.tokenText(2)})`);
    edits.push(fieldRemoval(document, at));
  }
  for (const [at, text] of texts) edits.push(insertion(endOfExports(document, at), text));
  return edits.sort((left, right) => left.span.start - right.span.start);
}

/** Place of the field that defines what a field exports; `undefined` where it cannot have exports inside, as imports in fields cannot. */
function definitionOfExport(document: WatDocument, { names, first }: BoundModule, at: number): number | undefined {
  const field = document.fields[at]!;
  const [own] = field.problems.length > 0 ? [] : definitionsOf(document.fieldText(at)).exports;
  if (own?.target === undefined) return undefined;
  const { space, entry } = own.target;
  const index = typeof entry === "number" ? entry : names.indexOf(space, entry);
  const place = index === undefined ? undefined : names.placeOf(space, index);
  if (place === undefined) return undefined;
  const definition = document.fields[first + place.field]!;
  return definition.kind === Node.importField || definition.problems.length > 0 ? undefined : first + place.field;
}

/** Offset behind the word, name and exports of a definition. */
function endOfExports(document: WatDocument, at: number): number {
  const source = document.fieldText(at);
  const { field } = source;
  let last = field.nameToken(0) ?? field.wordToken(0);
  for (let node = 1; node < field.nodeCount && field.kindOf(node) === Node.inlineExport; node = field.nodeEnd(node))
    last = field.endToken(node) - 1;
  return source.endOf(last);
}
