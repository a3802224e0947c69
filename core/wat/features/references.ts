/** How often definitions are used, who calls whom, and which types extend which. */
import type { Span } from "#core/text/positions.ts";
import type { BoundModule } from "../bind.ts";
import { definitionNodes, supertypeTokens } from "../check/type-reader.ts";
import { definitionsOf } from "../definitions.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import { Node } from "../node.ts";
import { isName, moduleOf, tokenAt } from "./place.ts";
import { definitionOf, firstEntryOf, occurrencesOf, symbolAt } from "./symbol.ts";
import type { WatSymbol } from "./symbol.ts";

export type Entry = WatSymbol & { readonly kind: "entry" };

export interface EntryPlace {
  readonly entry: Entry;
  /** `$name` or a word with the index. */
  readonly name: string;
  /** Of its name or word, and of the whole field or form. */
  readonly selection: Span;
  readonly span: Span;
}

/** Definitions of a text that can be used, each with its place: functions, types, globals, tables, memories and tags. */
export function usedDefinitions(document: WatDocument): EntryPlace[] {
  const found: EntryPlace[] = [];
  for (const module of document.modules) {
    const counts = new Map<Space, number>();
    for (let at = module.first; at < module.end; at++) {
      const source = document.fieldText(at);
      for (const { space, token } of definitionsOf(source).entries) {
        const index = counts.get(space) ?? 0;
        counts.set(space, index + 1);
        if (space === Space.elem || space === Space.data) continue;
        const name = isName(source.field.tags[token]) ? source.tokenText(token) : `${source.tokenText(token)} ${index}`;
        found.push({ entry: { kind: "entry", module, space, index }, name, selection: source.tokenSpan(token), span: source.nodeSpan(0) });
      }
    }
  }
  return found;
}

/** Number of uses of an entry, its exports counted. */
export function useCount(document: WatDocument, entry: Entry): number {
  return occurrencesOf(document, entry).filter(({ role }) => role !== "definition").length;
}

/** Names under which an entry is exported where it is defined, or by a field of its own; at most a few. */
export function exportNames(document: WatDocument, { module, space, index }: Entry): string[] {
  const names: string[] = [];
  if (space === Space.type || space === Space.elem || space === Space.data) return names;
  for (let at = module.first; at < module.end && names.length < 3; at++) {
    const field = document.fields[at]!;
    const isOwn = at === module.first + (module.names.placeOf(space, index)?.field ?? -1);
    if (!isOwn && field.kind !== Node.exportField) continue;
    for (const { name, target } of definitionsOf(document.fieldText(at)).exports) {
      const isMeant =
        target === undefined
          ? isOwn
          : target.space === space &&
            (typeof target.entry === "string" ? module.names.indexOf(space, target.entry) : target.entry) === index;
      if (isMeant) names.push(name);
    }
  }
  return names;
}

/** The entry of a module with an index, in the module that has an offset. */
export function entryNear(document: WatDocument, offset: number, space: Space, index: number): Entry | undefined {
  const module = moduleOf(document, document.fieldAt(offset));
  return module === undefined ? undefined : { kind: "entry", module, space, index };
}

/** Where an entry is defined; `undefined` where no text does. */
function placeOfEntry(document: WatDocument, entry: Entry): EntryPlace | undefined {
  const definition = definitionOf(document, entry);
  if (definition === undefined) return undefined;
  const { source, token } = definition;
  const name = isName(source.field.tags[token]) ? source.tokenText(token) : `${source.tokenText(token)} ${entry.index}`;
  return { entry, name, selection: source.tokenSpan(token), span: source.nodeSpan(0) };
}

/** The function or type at an offset. */
export function entryAt(document: WatDocument, offset: number, space: Space): EntryPlace | undefined {
  const place = tokenAt(document, offset);
  const symbol = place === undefined ? undefined : symbolAt(document, place);
  return symbol?.kind === "entry" && symbol.space === space ? placeOfEntry(document, symbol) : undefined;
}

export interface Calls {
  readonly place: EntryPlace;
  /** Where the names or indices stand with which it calls, or is called. */
  readonly uses: readonly Span[];
}

/** Functions whose bodies refer to a function. */
export function callersOf(document: WatDocument, entry: Entry): Calls[] {
  const byField = new Map<number, Span[]>();
  for (const { at, token, role } of occurrencesOf(document, entry)) {
    if (role === "definition" || document.fields[at]!.kind !== Node.funcField) continue;
    const uses = byField.get(at) ?? [];
    uses.push(document.fieldText(at).tokenSpan(token));
    byField.set(at, uses);
  }
  return Array.from(byField, ([at, uses]) => {
    const caller: Entry = { kind: "entry", module: entry.module, space: Space.func, index: firstEntryOf(entry.module, Space.func, at) };
    return { place: placeOfEntry(document, caller)!, uses };
  });
}

/** Functions that the body of a function refers to. */
export function calledBy(document: WatDocument, entry: Entry): Calls[] {
  const definition = definitionOf(document, entry);
  if (definition === undefined) return [];
  const { source } = definition;
  const { references } = source.field;
  const byIndex = new Map<number, Span[]>();
  for (let place = 0; place < references.length; place += 2) {
    if (references[place] !== Space.func) continue;
    const index = entry.module.names.resolve(Space.func, source, references[place + 1]!);
    if (index === undefined) continue;
    const uses = byIndex.get(index) ?? [];
    uses.push(source.tokenSpan(references[place + 1]!));
    byIndex.set(index, uses);
  }
  return Array.from(byIndex).flatMap(([index, uses]) => {
    const place = placeOfEntry(document, { kind: "entry", module: entry.module, space: Space.func, index });
    return place === undefined ? [] : [{ place, uses }];
  });
}

/** Types that a type extends. */
export function supertypesOf(document: WatDocument, entry: Entry): EntryPlace[] {
  return supertypeIndices(document, entry.module, entry.index).flatMap((index) => placeOfEntry(document, { ...entry, index }) ?? []);
}

/** Types that extend a type. */
export function subtypesOf(document: WatDocument, entry: Entry): EntryPlace[] {
  const { module } = entry;
  const found: EntryPlace[] = [];
  for (let index = 0; index < module.names.countOf(Space.type); index++) {
    if (!supertypeIndices(document, module, index).includes(entry.index)) continue;
    const place = placeOfEntry(document, { ...entry, index });
    if (place !== undefined) found.push(place);
  }
  return found;
}

function supertypeIndices(document: WatDocument, module: BoundModule, type: number): number[] {
  const definition = definitionOf(document, { kind: "entry", module, space: Space.type, index: type });
  if (definition === undefined) return [];
  const { source, token } = definition;
  const node = definitionNodes(source).find((own) => (source.field.nameToken(own) ?? source.field.wordToken(own)) === token);
  const sub = node === undefined ? undefined : source.field.childOf(node, Node.subType);
  if (sub === undefined) return [];
  return supertypeTokens(source, sub).flatMap((parent) => module.names.resolve(Space.type, source, parent) ?? []);
}

/** Names of modules that imports give as a relative path, and where they stand, without their quotes. */
export function importedPaths(document: WatDocument): { readonly span: Span; readonly path: string }[] {
  const found: { readonly span: Span; readonly path: string }[] = [];
  for (let at = 0; at < document.fields.length; at++) {
    const field = document.fields[at]!;
    const isImport = field.kind === Node.importField;
    const inline = isImport || field.kind < Node.funcField || field.kind > Node.tagField ? undefined : field.childOf(0, Node.inlineImport);
    if (!isImport && inline === undefined) continue;
    const source = document.fieldText(at);
    const token = (inline === undefined ? 1 : field.wordToken(inline)) + 1;
    const path = token < field.tokenCount && source.text[source.startOf(token)] === '"' ? source.stringOf(token) : undefined;
    // Half a character has no place in an address.
    if (path === undefined || !/^\.{1,2}\/[^\0\\]+$/.test(path) || /\p{Cs}/u.test(path)) continue;
    found.push({ span: { start: source.startOf(token) + 1, end: source.endOf(token) - 1 }, path });
  }
  return found;
}
