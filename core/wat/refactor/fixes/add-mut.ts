/** What is set and cannot be gets `mut`: a global of the module, a field of a struct, the elements of an array. */
import type { WatDocument, WatEdit } from "../../document.ts";
import { definitionNodes } from "../../check/type-reader.ts";
import { typesIn } from "../../features/inner-names.ts";
import { tokenAt } from "../../features/place.ts";
import { definitionOf, structFieldNode, symbolAt } from "../../features/symbol.ts";
import type { WatSymbol } from "../../features/symbol.ts";
import { Space } from "../../field.ts";
import type { FieldText } from "../../field.ts";
import { Node } from "../../node.ts";
import { insertion } from "../fields.ts";
import type { FixFinder } from "./problem-fix.ts";

export const addMut: FixFinder = (document, { code, span }) => {
  const place = code === "immutable" ? tokenAt(document, span.start) : undefined;
  const symbol = place === undefined ? undefined : symbolAt(document, place);
  const type = symbol === undefined ? undefined : typeOf(document, symbol);
  if (place === undefined || type === undefined) return [];
  const { source, first, end } = type;
  const edits: WatEdit[] = [insertion(source.startOf(first), "(mut "), insertion(source.endOf(end - 1), ")")];
  // Types that extend it, or that it extends, may need another field.
  if (document.edit(edits.toReversed()).problems().length >= document.problems().length) return [];
  return [{ title: `Make \`${place.source.tokenText(place.token)}\` mutable`, edits, isSure: false }];
};

/** The tokens of the type that would be in `(mut ...)`. */
function typeOf(
  document: WatDocument,
  symbol: WatSymbol,
): { readonly source: FieldText; readonly first: number; readonly end: number } | undefined {
  if (symbol.kind === "field") {
    const found = structFieldNode(document, symbol);
    const tokens = found === undefined ? undefined : typesIn(found.source.field, found.node)[found.type];
    return found === undefined || tokens === undefined ? undefined : { source: found.source, first: tokens[0], end: tokens[1] };
  }
  const definition = symbol.kind === "entry" ? definitionOf(document, symbol) : undefined;
  if (definition === undefined || symbol.kind !== "entry") return undefined;
  const { source } = definition;
  const node = symbol.space === Space.global ? globalNode(source) : arrayNode(source, definition.token);
  return node === undefined ? undefined : { source, ...typeBehind(source, node) };
}

/** A global that the module defines; of an imported one others decide. */
function globalNode({ field }: FieldText): number | undefined {
  return field.kind === Node.globalField && field.childOf(0, Node.inlineImport) === undefined ? 0 : undefined;
}

function arrayNode(source: FieldText, token: number): number | undefined {
  const { field } = source;
  const definition = definitionNodes(source).find((node) => (field.nameToken(node) ?? field.wordToken(node)) === token);
  if (definition === undefined) return undefined;
  for (let node = definition + 1; node < field.nodeEnd(definition); node++) if (field.kindOf(node) === Node.arrayType) return node;
  return undefined;
}

/** The type behind word, name and exports of a node. */
function typeBehind({ field }: FieldText, node: number): { readonly first: number; readonly end: number } {
  let first = (field.nameToken(node) ?? field.wordToken(node)) + 1;
  for (const child of field.children(node)) {
    if (field.firstToken(child) !== first) break;
    if (field.kindOf(child) !== Node.inlineExport) return { first, end: field.endToken(child) };
    first = field.endToken(child);
  }
  return { first, end: first + 1 };
}
