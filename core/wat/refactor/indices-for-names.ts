/** Writes indices for all names of a module, which then means the same without them. */
import { definitionsIn, type BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { hiddenParameters, innerNames, labelUses } from "../features/inner-names.ts";
import { isName } from "../features/place.ts";
import { InnerUse, innerUseStride } from "../field-notes.ts";
import { defaultIndex, Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { coalesced } from "./edits.ts";

/**
 * The edits in the order of the text, few for an editor; none where there is nothing to write. `keepsDefinitions`: whether what is defined
 * keeps its name, so that the way back is the same text. Linear in the size of the module.
 */
export function indicesForNames(document: WatDocument, module: BoundModule, keepsDefinitions: boolean): WatEdit[] {
  const edits: WatEdit[] = [];
  for (let at = module.first; at < module.end; at++) {
    const source = document.fieldText(at);
    const own: WatEdit[] = [];
    references(source, module, own);
    if (source.field.kind === Node.funcField) innerUses(document, module, source, own);
    if (!keepsDefinitions) removeNames(source, own);
    own.sort((left, right) => left.span.start - right.span.start);
    for (const edit of own) edits.push(edit);
  }
  return coalesced(document.text, edits);
}

function references(source: FieldText, module: BoundModule, edits: WatEdit[]): void {
  const { references: list, tags } = source.field;
  for (let place = 0; place < list.length; place += 2) {
    const space = list[place]!;
    const token = list[place + 1]!;
    if (space >= defaultIndex || !isName(tags[token])) continue;
    const index = referredIndex(source, module, place);
    if (index !== undefined) edits.push({ span: source.tokenSpan(token), text: `${index}` });
  }
}

/** The index that the name means which is the reference at a place of the field's list. */
function referredIndex(source: FieldText, { names }: BoundModule, place: number): number | undefined {
  const { references: list } = source.field;
  const space = list[place] as Space;
  const token = list[place + 1]!;
  if (space !== Space.structField) return names.resolve(space, source, token);
  const type = names.resolve(Space.type, source, list[place - 1]!);
  const index = type === undefined ? undefined : names.typeAt(type)?.fields?.indexOf(source.nameOf(token));
  return index === -1 ? undefined : index;
}

function innerUses(document: WatDocument, module: BoundModule, source: FieldText, edits: WatEdit[]): void {
  const { uses } = innerNames(source);
  let hidden: number | undefined;
  for (let place = 0; place < uses.length; place += innerUseStride) {
    const meant = uses[place + 2]!;
    if (uses[place + 1] !== InnerUse.localByName || meant < 0) continue;
    hidden ??= hiddenParameters(document, module, source);
    edits.push({ span: source.tokenSpan(uses[place]!), text: `${meant + hidden}` });
  }
  if (innerNames(source).labels.length === 0) return;
  for (const { token, node, depth } of labelUses(source))
    if (node >= 0 && isName(source.field.tags[token])) edits.push({ span: source.tokenSpan(token), text: `${depth}` });
}

function removeNames(source: FieldText, edits: WatEdit[]): void {
  const { field } = source;
  const remove = (token: number): void => void edits.push(nameRemoval(source, token));
  for (const { name, token } of definitionsIn(source).entries) if (name !== undefined) remove(token);
  for (let node = 1; node < field.nodeCount; node++) {
    const kind = field.kindOf(node);
    if (kind !== Node.structField && kind !== Node.param && kind !== Node.local) continue;
    const token = field.nameToken(node);
    if (token !== undefined) remove(token);
  }
  if (field.kind !== Node.funcField) return;
  const { labels, uses } = innerNames(source);
  for (const node of labels) {
    const token = field.nameToken(node);
    if (token !== undefined) remove(token);
  }
  for (let place = 0; place < uses.length; place += innerUseStride) if (uses[place + 1] === InnerUse.labelRepeated) remove(uses[place]!);
}

/** Takes away a name and the white space before it, unless a comment stands there: who ends it is not looked for, of very many of them. */
function nameRemoval(source: FieldText, token: number): WatEdit {
  const { start: own, end } = source.tokenSpan(token);
  const least = source.endOf(token - 1);
  let start = own;
  while (start > least && /\s/.test(source.text[start - 1]!)) start--;
  const isApart = end >= source.text.length || /[\s();]/.test(source.text[end]!);
  return { span: { start: start > least ? own : start, end }, text: isApart ? "" : " " };
}
