/** What a token of a document means, and all places that mean the same. */
import type { BoundModule } from "../bind.ts";
import { definitionsOf } from "../definitions.ts";
import type { WatDocument } from "../document.ts";
import { innerUseStride, InnerUse } from "../field-notes.ts";
import { defaultIndex, Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import { definitionNodes } from "../check/type-reader.ts";
import { hiddenParameters, innerNames, typesIn } from "./inner-names.ts";
import { isName, moduleOf, nodeWith } from "./place.ts";
import type { TokenPlace } from "./place.ts";

export type WatSymbol =
  /** An entry of an index space of the module. */
  | { readonly kind: "entry"; readonly module: BoundModule; readonly space: Space; readonly index: number }
  /** A field of a struct type. */
  | { readonly kind: "field"; readonly module: BoundModule; readonly type: number; readonly index: number }
  /** A parameter or local of the function in the field at `at`; parameters that only the type has are counted. */
  | { readonly kind: "local"; readonly module: BoundModule; readonly at: number; readonly index: number }
  /** A block that can be branched to; node 0 is the function. */
  | { readonly kind: "label"; readonly module: BoundModule; readonly at: number; readonly node: number };

/** A token that stands for a symbol. */
export interface Occurrence {
  /** Place of its field in the document. */
  readonly at: number;
  readonly token: number;
  /** `part`: an `end` or `else` of a block, without a name. */
  readonly role: "definition" | "read" | "write" | "part";
}

const endTag = instructionTag("end");
const returnTag = instructionTag("return");
const writers: ReadonlySet<number> = new Set(["local.set", "local.tee", "global.set", "table.set", "struct.set"].map(instructionTag));

/** What a token stands for; `undefined` where it is no name, index or word of a definition or block. */
export function symbolAt(document: WatDocument, { at, source, token }: TokenPlace): WatSymbol | undefined {
  const module = moduleOf(document, at);
  if (module === undefined || at < module.first || at >= module.end) return undefined;
  return (
    referenceAt(module, source, token) ??
    innerUseAt(document, module, at, source, token) ??
    definitionAt(document, module, at, source, token)
  );
}

function referenceAt(module: BoundModule, source: FieldText, token: number): WatSymbol | undefined {
  const { references } = source.field;
  for (let place = 0; place < references.length; place += 2) {
    if (references[place + 1] !== token || references[place]! >= defaultIndex) continue;
    const space = references[place] as Space;
    if (space !== Space.structField) {
      const index = module.names.resolve(space, source, token);
      return index === undefined ? undefined : { kind: "entry", module, space, index };
    }
    const type = module.names.resolve(Space.type, source, references[place - 1]!);
    const index = type === undefined ? undefined : structFieldIndex(module, type, source, token);
    return type === undefined || index === undefined ? undefined : { kind: "field", module, type, index };
  }
  return undefined;
}

function structFieldIndex(module: BoundModule, type: number, source: FieldText, token: number): number | undefined {
  if (source.field.tags[token] === Token.natural) return source.naturalOf(token);
  const index = module.names.typeAt(type)?.fields?.indexOf(source.nameOf(token)) ?? -1;
  return index < 0 ? undefined : index;
}

function innerUseAt(document: WatDocument, module: BoundModule, at: number, source: FieldText, token: number): WatSymbol | undefined {
  const { field } = source;
  if (field.nodeCount < 2) return undefined;
  const { uses } = innerNames(source);
  for (let place = 0; place < uses.length; place += innerUseStride) {
    if (uses[place] !== token) continue;
    const kind = uses[place + 1]!;
    const meant = uses[place + 2]!;
    if (meant < 0) return undefined;
    if (kind === InnerUse.localByIndex) return { kind: "local", module, at, index: meant };
    if (kind === InnerUse.localByName) return { kind: "local", module, at, index: meant + hiddenParameters(document, module, source) };
    return { kind: "label", module, at, node: meant };
  }
  return undefined;
}

function definitionAt(document: WatDocument, module: BoundModule, at: number, source: FieldText, token: number): WatSymbol | undefined {
  const { field } = source;
  let node = nodeWith(field, token);
  while (field.kindOf(node) === Node.refType || field.kindOf(node) === Node.mutable) node = field.parentOf(node);
  switch (field.kindOf(node)) {
    case Node.param:
    case Node.local: {
      const index = innerNames(source).locals.findIndex(
        (local) =>
          local.node === node && (local.name === token || (token >= local.type && token < local.typeEnd && local.name === undefined)),
      );
      return index < 0 || field.kind !== Node.funcField
        ? undefined
        : { kind: "local", module, at, index: index + hiddenParameters(document, module, source) };
    }
    case Node.block:
    case Node.foldedBlock:
      return isBlockToken(source, node, token) ? { kind: "label", module, at, node } : undefined;
    case Node.thenArm:
    case Node.elseArm:
      return token === field.wordToken(node) ? { kind: "label", module, at, node: field.parentOf(node) } : undefined;
    case Node.structField:
      return structFieldAt(module, at, source, node, token);
    default:
      return entryDefinedAt(module, at, source, token);
  }
}

/** The word of a block, its name, or its `end`. */
function isBlockToken({ field }: FieldText, node: number, token: number): boolean {
  const last = field.endToken(node) - 1;
  const isEnd = field.kindOf(node) === Node.block && token >= last - 1 && field.tags[token] === endTag;
  return isEnd || token === field.wordToken(node) || token === field.nameToken(node);
}

function structFieldAt(module: BoundModule, at: number, source: FieldText, node: number, token: number): WatSymbol | undefined {
  const { field } = source;
  const name = field.nameToken(node);
  const types = typesIn(field, node);
  const inside = name === undefined ? types.findIndex(([first, end]) => token >= first && token < end) : 0;
  if (inside < 0 || (name !== undefined && token !== name)) return undefined;
  const struct = field.parentOf(node);
  let index = inside;
  for (let child = struct + 1; child < node; child = field.nodeEnd(child))
    index += field.nameToken(child) === undefined ? typesIn(field, child).length : 1;
  let definition = struct;
  while (definition > 0 && field.kindOf(definition) !== Node.typeDefinition) definition = field.parentOf(definition);
  const word = field.nameToken(definition) ?? field.wordToken(definition);
  const type = entryDefinedAt(module, at, source, word);
  return type?.kind === "entry" ? { kind: "field", module, type: type.index, index } : undefined;
}

/** The entry whose name, or word where it has none, is a token. */
function entryDefinedAt(module: BoundModule, at: number, source: FieldText, token: number): (WatSymbol & { kind: "entry" }) | undefined {
  const entries = definitionsOf(source).entries;
  const own = entries.find((entry) => entry.token === token);
  // An entry with a name may be pointed at by its word, too.
  const named = own ?? entries.find((entry) => entry.name !== undefined && entry.token === token + 1);
  if (named === undefined) return undefined;
  const place = at - module.first;
  const before = entriesBefore(module, named.space, place);
  const inField = entries.filter((entry) => entry.space === named.space).indexOf(named);
  return { kind: "entry", module, space: named.space, index: before + inField };
}

/** How many entries of a space stand in the fields of a module before a place. */
function entriesBefore({ names }: BoundModule, space: Space, place: number): number {
  let low = 0;
  let high = names.countOf(space);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names.placeOf(space, middle)!.field < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first entry of a space that the field at a place of the document defines. */
export function firstEntryOf(module: BoundModule, space: Space, at: number): number {
  return entriesBefore(module, space, at - module.first);
}

/** The token that defines a symbol: its name, or its word or type where it has none. `undefined` where no text does. */
export function definitionOf(document: WatDocument, symbol: WatSymbol): TokenPlace | undefined {
  switch (symbol.kind) {
    case "entry": {
      const place = symbol.module.names.placeOf(symbol.space, symbol.index);
      return place === undefined ? undefined : placeIn(document, symbol.module.first + place.field, place.token);
    }
    case "field":
      return structFieldDefinition(document, symbol);
    case "local": {
      const source = document.fieldText(symbol.at);
      const local = innerNames(source).locals[symbol.index - hiddenParameters(document, symbol.module, source)];
      return local === undefined ? undefined : { at: symbol.at, source, token: local.name ?? local.type };
    }
    case "label": {
      const source = document.fieldText(symbol.at);
      const { field } = source;
      const token = symbol.node === 0 ? field.wordToken(0) : (field.nameToken(symbol.node) ?? field.wordToken(symbol.node));
      return { at: symbol.at, source, token };
    }
  }
}

function placeIn(document: WatDocument, at: number, token: number): TokenPlace {
  return { at, source: document.fieldText(at), token };
}

/** The `(field ...)` that defines a field of a struct, and which of its types it is. */
export function structFieldNode(
  document: WatDocument,
  { module, type, index }: WatSymbol & { kind: "field" },
): { readonly at: number; readonly source: FieldText; readonly node: number; readonly type: number } | undefined {
  const place = module.names.placeOf(Space.type, type);
  if (place === undefined) return undefined;
  const at = module.first + place.field;
  const source = document.fieldText(at);
  const { field } = source;
  const definition = definitionNodes(source).find((node) => (field.nameToken(node) ?? field.wordToken(node)) === place.token);
  const struct = definition === undefined ? undefined : structIn(source, definition);
  if (struct === undefined) return undefined;
  let rest = index;
  for (const child of field.children(struct)) {
    const count = field.nameToken(child) === undefined ? typesIn(field, child).length : 1;
    if (rest < count) return { at, source, node: child, type: rest };
    rest -= count;
  }
  return undefined;
}

function structIn({ field }: FieldText, definition: number): number | undefined {
  for (let node = definition + 1; node < field.nodeEnd(definition); node++) if (field.kindOf(node) === Node.structType) return node;
  return undefined;
}

function structFieldDefinition(document: WatDocument, symbol: WatSymbol & { kind: "field" }): TokenPlace | undefined {
  const found = structFieldNode(document, symbol);
  if (found === undefined) return undefined;
  const { at, source, node, type } = found;
  const token = source.field.nameToken(node) ?? typesIn(source.field, node)[type]?.[0];
  return token === undefined ? undefined : { at, source, token };
}

/** All tokens that stand for a symbol, in the order of the text; its definition is among them where the text has it. */
export function occurrencesOf(document: WatDocument, symbol: WatSymbol): Occurrence[] {
  const found: Occurrence[] = [];
  const definition = definitionOf(document, symbol);
  if (definition !== undefined) found.push({ at: definition.at, token: definition.token, role: "definition" });
  if (symbol.kind === "entry" || symbol.kind === "field") referencesTo(document, symbol, found);
  else innerUses(document, symbol, found);
  return found.sort((left, right) => left.at - right.at || left.token - right.token);
}

function referencesTo(document: WatDocument, symbol: WatSymbol & { kind: "entry" | "field" }, found: Occurrence[]): void {
  const { module } = symbol;
  const space = symbol.kind === "field" ? Space.structField : symbol.space;
  const means = symbol.kind === "entry" ? entryMatcher(document, symbol) : undefined;
  for (let at = module.first; at < module.end; at++) {
    const field = document.fields[at]!;
    const { references } = field;
    if (references.length === 0) continue;
    const source = document.fieldText(at);
    for (let place = 0; place < references.length; place += 2) {
      if (references[place] !== space) continue;
      const token = references[place + 1]!;
      if (means !== undefined) {
        if (!means(source, token)) continue;
      } else if (
        symbol.kind === "field" &&
        (module.names.resolve(Space.type, source, references[place - 1]!) !== symbol.type ||
          structFieldIndex(module, symbol.type, source, token) !== symbol.index)
      )
        continue;
      found.push({ at, token, role: roleOf(source, token) });
    }
  }
}

/** Whether a token means an entry. Large modules have hundreds of thousands of names, so that most are told apart by their length. */
function entryMatcher(document: WatDocument, symbol: WatSymbol & { kind: "entry" }): (source: FieldText, token: number) => boolean {
  const { names } = symbol.module;
  const definition = definitionOf(document, symbol);
  const tag = definition?.source.field.tags[definition.token];
  const name = definition === undefined || tag !== Token.name ? undefined : definition.source.tokenText(definition.token);
  return (source, token) => {
    const isPlainName = source.field.tags[token] === Token.name;
    if (isPlainName && name !== undefined) {
      const start = source.startOf(token);
      if (source.endOf(token) - start !== name.length || !source.text.startsWith(name, start)) return false;
    } else if (isPlainName && tag !== Token.quotedName) return false;
    return names.resolve(symbol.space, source, token) === symbol.index;
  };
}

function roleOf({ field }: FieldText, token: number): "read" | "write" {
  for (let before = token - 1; before >= 0 && before >= token - 2; before--) if (writers.has(field.tags[before]!)) return "write";
  return "read";
}

function innerUses(document: WatDocument, symbol: WatSymbol & { kind: "local" | "label" }, found: Occurrence[]): void {
  const source = document.fieldText(symbol.at);
  const hidden = symbol.kind === "local" ? hiddenParameters(document, symbol.module, source) : 0;
  const { uses } = innerNames(source);
  for (let place = 0; place < uses.length; place += innerUseStride) {
    const kind = uses[place + 1]!;
    const meant = uses[place + 2]!;
    const isLabel = kind >= InnerUse.labelByName;
    if (isLabel !== (symbol.kind === "label") || meant < 0) continue;
    const isMeant = symbol.kind === "label" ? meant === symbol.node : meant + (kind === InnerUse.localByName ? hidden : 0) === symbol.index;
    const token = uses[place]!;
    if (isMeant) found.push({ at: symbol.at, token, role: kind === InnerUse.labelRepeated ? "part" : roleOf(source, token) });
  }
}

/** The words that a block consists of, and where control leaves a function: what belongs together where it is looked at. */
export function blockWords(document: WatDocument, { at, node }: WatSymbol & { kind: "label" }): number[] {
  const { field } = document.fieldText(at);
  const words = [field.wordToken(node)];
  if (node === 0) {
    for (let inner = 1; inner < field.nodeCount; inner++) if (field.wordTag(inner) === returnTag) words.push(field.wordToken(inner));
    return words;
  }
  for (const child of field.children(node)) {
    const kind = field.kindOf(child);
    if (kind === Node.thenArm || kind === Node.elseArm || kind === Node.doArm || kind === Node.catchArm) words.push(field.wordToken(child));
  }
  let last = field.endToken(node) - 1;
  if (field.kindOf(node) !== Node.block) return words;
  if (isName(field.tags[last]) && field.tags[last] !== endTag) last--;
  if (field.tags[last] === endTag) words.push(last);
  return words;
}
