/** Definitions, references and highlights. All offsets are UTF-16 units from the start of the text. */
import type { Span } from "#core/text/positions.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import { Node } from "../node.ts";
import { innerNames, typesIn } from "./inner-names.ts";
import { isName, nodeWith, tokenAt } from "./place.ts";
import { scriptDefinition, scriptOccurrences, scriptSymbolAt } from "./script-names.ts";
import { blockWords, definitionOf, occurrencesOf, structFieldNode, symbolAt } from "./symbol.ts";
import type { Occurrence, WatSymbol } from "./symbol.ts";

export type HighlightKind = "text" | "read" | "write";

export interface Highlight {
  readonly span: Span;
  readonly kind: HighlightKind;
}

function symbolOf(document: WatDocument, offset: number): WatSymbol | undefined {
  const place = tokenAt(document, offset);
  return place === undefined ? undefined : symbolAt(document, place);
}

/** Where what stands at an offset is defined: its name, or its word where it has none. */
export function definitionSpan(document: WatDocument, offset: number): Span | undefined {
  const named = scriptSymbolAt(document, offset);
  if (named !== undefined) {
    const place = scriptDefinition(document, named.symbol);
    return place === undefined ? undefined : document.fieldText(place.at).tokenSpan(place.token);
  }
  const symbol = symbolOf(document, offset);
  const definition = symbol === undefined ? undefined : definitionOf(document, symbol);
  return definition?.source.tokenSpan(definition.token);
}

/** All places of what stands at an offset; `undefined` where that is nothing with a name or index. */
export function referenceSpans(document: WatDocument, offset: number, withDefinition: boolean): Span[] | undefined {
  const named = scriptSymbolAt(document, offset);
  const symbol = named === undefined ? symbolOf(document, offset) : undefined;
  const occurrences = named === undefined ? symbol && occurrencesOf(document, symbol) : scriptOccurrences(document, named.symbol);
  return occurrences
    ?.filter(({ role }) => withDefinition || role !== "definition")
    .map(({ at, token }) => document.fieldText(at).tokenSpan(token));
}

/** As {@link referenceSpans}; of a block all words that it consists of, too. */
export function highlights(document: WatDocument, offset: number): Highlight[] {
  const highlight = ({ at, token, role }: Occurrence): Highlight => ({
    span: document.fieldText(at).tokenSpan(token),
    kind: role === "read" || role === "write" ? role : "text",
  });
  const named = scriptSymbolAt(document, offset);
  if (named !== undefined) return scriptOccurrences(document, named.symbol).map(highlight);
  const symbol = symbolOf(document, offset);
  if (symbol === undefined) return [];
  const found = occurrencesOf(document, symbol).map(highlight);
  if (symbol.kind !== "label") return found;
  const source = document.fieldText(symbol.at);
  const known = new Set(found.map(({ span }) => span.start));
  for (const token of blockWords(document, symbol))
    if (!known.has(source.startOf(token))) found.push({ span: source.tokenSpan(token), kind: "text" });
  return found.sort((left, right) => left.span.start - right.span.start);
}

/** Where the type is defined that something has: of a function the one that it names, of a local or global the one it refers to. */
export function typeDefinitionSpan(document: WatDocument, offset: number): Span | undefined {
  const symbol = symbolOf(document, offset);
  if (symbol === undefined) return undefined;
  if (symbol.kind === "entry" && symbol.space === Space.type) return definitionSpan(document, offset);
  const range = typeTokens(document, symbol);
  if (range === undefined) return undefined;
  const { references } = document.fields[range.at]!;
  for (let place = 0; place < references.length; place += 2) {
    const token = references[place + 1]!;
    if (references[place] !== Space.type || token < range.first || token >= range.end) continue;
    const index = symbol.module.names.resolve(Space.type, document.fieldText(range.at), token);
    const definition =
      index === undefined ? undefined : definitionOf(document, { kind: "entry", module: symbol.module, space: Space.type, index });
    return definition?.source.tokenSpan(definition.token);
  }
  return undefined;
}

/** The tokens in which the type of a symbol stands. */
function typeTokens(
  document: WatDocument,
  symbol: WatSymbol,
): { readonly at: number; readonly first: number; readonly end: number } | undefined {
  if (symbol.kind === "field") {
    const found = structFieldNode(document, symbol);
    const type = found === undefined ? undefined : typesIn(found.source.field, found.node)[found.type];
    return found === undefined || type === undefined ? undefined : { at: found.at, first: type[0], end: type[1] };
  }
  const definition = definitionOf(document, symbol);
  if (definition === undefined) return undefined;
  const { at, source, token } = definition;
  const { field } = source;
  if (symbol.kind === "local") {
    const local = innerNames(source).locals.find(({ name, type }) => (name ?? type) === token);
    return local === undefined ? undefined : { at, first: local.type, end: local.typeEnd };
  }
  const node = nodeWith(field, token);
  // What describes a definition stands before its instructions.
  let child = node + 1;
  let end = isName(field.tags[token]) ? token + 1 : token;
  for (; child < field.nodeEnd(node) && field.kindOf(child) < Node.tableUse; child = field.nodeEnd(child)) end = field.endToken(child);
  return { at, first: token, end };
}
