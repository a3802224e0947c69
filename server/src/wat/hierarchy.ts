/** Who calls whom, and which types extend which. */
import { SymbolKind } from "vscode-languageserver-types";
import type { CallHierarchyItem, TypeHierarchyItem } from "vscode-languageserver-types";
import { calledBy, callersOf, entryAt, entryNear, subtypesOf, supertypesOf } from "#core/wat/features/references.ts";
import type { Calls, Entry, EntryPlace } from "#core/wat/features/references.ts";
import { Space } from "#core/wat/field.ts";
import { offsetIn, type PositionParams, type WatFeature, type WatRequest } from "./feature.ts";

/** An item of either hierarchy has the same shape. */
type Item = CallHierarchyItem & TypeHierarchyItem;

interface ItemParams {
  readonly item: Item;
}

function itemOf({ uri, document }: WatRequest, { entry, name, span, selection }: EntryPlace): Item {
  const { lines } = document;
  const kind = entry.space === Space.func ? SymbolKind.Function : SymbolKind.Interface;
  const data = { offset: selection.start, index: entry.index };
  return { name, kind, uri, range: lines.rangeOf(span), selectionRange: lines.rangeOf(selection), data };
}

/** The entry that an item stands for. */
function entryOf({ document }: WatRequest, { item }: ItemParams, space: Space): Entry | undefined {
  const { offset, index } = (item.data ?? {}) as { readonly offset?: unknown; readonly index?: unknown };
  return typeof offset === "number" && typeof index === "number" ? entryNear(document, offset, space, index) : undefined;
}

function uriOf({ item }: ItemParams): string {
  return item.uri;
}

function prepare(space: Space): WatFeature<PositionParams>["answer"] {
  return (request, params) => {
    const place = entryAt(request.document, offsetIn(request, params), space);
    return place === undefined ? null : [itemOf(request, place)];
  };
}

function ranges({ document }: WatRequest, { uses }: Calls): unknown[] {
  return uses.map((span) => document.lines.rangeOf(span));
}

export const callHierarchyFeatures: readonly WatFeature<never>[] = [
  { method: "textDocument/prepareCallHierarchy", capability: { callHierarchyProvider: true }, answer: prepare(Space.func) },
  {
    method: "callHierarchy/incomingCalls",
    capability: {},
    uriOf,
    answer: (request: WatRequest, params: ItemParams) => {
      const entry = entryOf(request, params, Space.func);
      if (entry === undefined) return null;
      return callersOf(request.document, entry).map((calls) => ({
        from: itemOf(request, calls.place),
        fromRanges: ranges(request, calls),
      }));
    },
  },
  {
    method: "callHierarchy/outgoingCalls",
    capability: {},
    uriOf,
    answer: (request: WatRequest, params: ItemParams) => {
      const entry = entryOf(request, params, Space.func);
      if (entry === undefined) return null;
      return calledBy(request.document, entry).map((calls) => ({ to: itemOf(request, calls.place), fromRanges: ranges(request, calls) }));
    },
  },
];

export const typeHierarchyFeatures: readonly WatFeature<never>[] = [
  { method: "textDocument/prepareTypeHierarchy", capability: { typeHierarchyProvider: true }, answer: prepare(Space.type) },
  {
    method: "typeHierarchy/supertypes",
    capability: {},
    uriOf,
    answer: (request: WatRequest, params: ItemParams) => {
      const entry = entryOf(request, params, Space.type);
      return entry === undefined ? null : supertypesOf(request.document, entry).map((place) => itemOf(request, place));
    },
  },
  {
    method: "typeHierarchy/subtypes",
    capability: {},
    uriOf,
    answer: (request: WatRequest, params: ItemParams) => {
      const entry = entryOf(request, params, Space.type);
      return entry === undefined ? null : subtypesOf(request.document, entry).map((place) => itemOf(request, place));
    },
  },
];
