/**
 * Writes names for all indices of a module. What is used by its index and has no name gets one; what cannot have one keeps its index: types
 * that only uses imply, segments inside of their table or memory, imports that share a type, parameters that only a function's type has, the
 * body of a function as a label, and labels that a block in between hides.
 */
import type { BoundModule } from "../bind.ts";
import { definitionNodes } from "../check/type-reader.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { hiddenParameters, innerNames, labelUses, typesIn } from "../features/inner-names.ts";
import { isIndex, nodeWith } from "../features/place.ts";
import { isOfSharedType, writtenName } from "../features/rename.ts";
import { InnerUse, innerUseStride } from "../field-notes.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { Token } from "../token.ts";
import { coalesced } from "./edits.ts";
import { insertion } from "./fields.ts";
import { NameSupply, outsideNames, prefixes } from "./new-names.ts";

/** The edits in the order of the text, few for an editor; none where there is nothing to write. Linear in the size of the module. */
export function namesForIndices(document: WatDocument, module: BoundModule): WatEdit[] {
  const writer = new NameWriter(document, module);
  writer.collect();
  const edits: WatEdit[] = [];
  for (let at = module.first; at < module.end; at++) {
    const own = writer.editsOf(at);
    own.sort((left, right) => left.span.start - right.span.start);
    for (const edit of own) edits.push(edit);
  }
  return coalesced(document.text, edits);
}

class NameWriter {
  readonly #document: WatDocument;
  readonly #module: BoundModule;
  /** By space, the names of entries that are used by index, with their `$`; `undefined` of one that cannot have a name. */
  readonly #names: Map<number, string | undefined>[] = Array.from(
    { length: Space.structField },
    () => new Map<number, string | undefined>(),
  );
  /** By type, then by index, the names of fields that are used by index. */
  readonly #fieldNames = new Map<number, Map<number, string>>();
  /** By place of a field in the document, the entries that get a name there. */
  readonly #newEntries = new Map<number, { readonly token: number; readonly name: string }[]>();
  /** By place of a field in the document, then by the token that defines a type, the names that its fields get. */
  readonly #newFields = new Map<number, Map<number, ReadonlyMap<number, string>>>();

  constructor(document: WatDocument, module: BoundModule) {
    this.#document = document;
    this.#module = module;
  }

  /** Finds what is used by its index, and decides on names. */
  collect(): void {
    const { names } = this.#module;
    for (let at = this.#module.first; at < this.#module.end; at++) {
      const source = this.#document.fieldText(at);
      const { references, tags } = source.field;
      for (let place = 0; place < references.length; place += 2) {
        const space = references[place]!;
        const token = references[place + 1]!;
        if (space > Space.structField || tags[token] !== Token.natural) continue;
        const index = names.resolve(space as Space, source, token)!;
        if (space !== Space.structField) {
          if (index < names.countOf(space as Space)) this.#names[space]!.set(index, undefined);
          continue;
        }
        const type = names.resolve(Space.type, source, references[place - 1]!);
        if (type === undefined || index >= (names.typeAt(type)?.fields?.length ?? 0)) continue;
        const fields = this.#fieldNames.get(type) ?? new Map<number, string>();
        this.#fieldNames.set(type, fields.set(index, ""));
      }
    }
    this.#nameEntries();
    this.#nameFields();
  }

  #nameEntries(): void {
    const { names, first } = this.#module;
    if (this.#names.every(({ size }) => size === 0)) return;
    const wishes = outsideNames(this.#document, this.#module);
    this.#names.forEach((used, number) => {
      if (used.size === 0) return;
      const space = number as Space;
      const supply = new NameSupply(names.namesOf(space).keys());
      const known = new Map(Array.from(names.namesOf(space), ([name, index]) => [index, name]));
      for (const index of Array.from(used.keys()).sort((left, right) => left - right)) {
        const own = known.get(index);
        if (own !== undefined) {
          used.set(index, writtenName(own));
          continue;
        }
        const { field, token } = names.placeOf(space, index)!;
        const at = first + field;
        if (!mayHaveName(this.#document.fieldText(at), token)) continue;
        const name = supply.take(wishes.get(space)?.get(index) ?? `${prefixes[space]}${index}`);
        used.set(index, name);
        append(this.#newEntries, at, { token, name });
      }
    });
  }

  #nameFields(): void {
    const { names, first } = this.#module;
    for (const [type, used] of this.#fieldNames) {
      const known = names.typeAt(type)!.fields!;
      const supply = new NameSupply(known.filter((name) => name !== undefined));
      const added = new Map<number, string>();
      for (const index of used.keys()) {
        const own = known[index];
        const name = own === undefined ? supply.take(`${prefixes[Space.structField]}${index}`) : writtenName(own);
        used.set(index, name);
        if (own === undefined) added.set(index, name);
      }
      if (added.size === 0) continue;
      const { field, token } = names.placeOf(Space.type, type)!;
      const inField = this.#newFields.get(first + field) ?? new Map<number, ReadonlyMap<number, string>>();
      this.#newFields.set(first + field, inField.set(token, added));
    }
  }

  /** What changes in the field at a place of the document, in no order. */
  editsOf(at: number): WatEdit[] {
    const source = this.#document.fieldText(at);
    const edits: WatEdit[] = [];
    for (const { token, name } of this.#newEntries.get(at) ?? []) edits.push(insertion(source.endOf(token), ` ${name}`));
    const types = this.#newFields.get(at);
    if (types !== undefined) nameFields(source, types, edits);
    this.#references(source, edits);
    if (source.field.kind === Node.funcField) {
      this.#locals(source, edits);
      nameLabels(source, edits);
    }
    return edits;
  }

  #references(source: FieldText, edits: WatEdit[]): void {
    const { names } = this.#module;
    const { references, tags } = source.field;
    for (let place = 0; place < references.length; place += 2) {
      const space = references[place]!;
      const token = references[place + 1]!;
      if (space > Space.structField || tags[token] !== Token.natural) continue;
      const index = names.resolve(space as Space, source, token)!;
      const type = space === Space.structField ? names.resolve(Space.type, source, references[place - 1]!) : undefined;
      const name = type === undefined ? this.#names[space]?.get(index) : this.#fieldNames.get(type)?.get(index);
      if (name === undefined) continue;
      if (isBareSegmentTarget(source, token)) edits.push(...segmentTarget(source, token, name));
      else edits.push({ span: source.tokenSpan(token), text: name });
    }
  }

  #locals(source: FieldText, edits: WatEdit[]): void {
    const { locals, uses } = innerNames(source);
    const hidden = hiddenParameters(this.#document, this.#module, source);
    const supply = new NameSupply(locals.flatMap(({ name }) => (name === undefined ? [] : [source.nameOf(name)])));
    const added = new Map<number, string>();
    for (let place = 0; place < uses.length; place += innerUseStride) {
      if (uses[place + 1] !== InnerUse.localByIndex) continue;
      const index = uses[place + 2]!;
      const local = locals[index - hidden];
      if (local === undefined) continue;
      let name = local.name === undefined ? added.get(index - hidden) : source.tokenText(local.name);
      if (name === undefined) {
        name = supply.take(`${local.isParameter ? "p" : "l"}${index}`);
        added.set(index - hidden, name);
      }
      edits.push({ span: source.tokenSpan(uses[place]!), text: name });
    }
    for (let first = 0; first < locals.length && added.size > 0;) {
      const { node } = locals[first]!;
      let end = first + 1;
      while (end < locals.length && locals[end]!.node === node) end++;
      const names = Array.from({ length: end - first }, (_, place) => added.get(first + place));
      nameParts(source, node, names, edits);
      first = end;
    }
  }
}

function nameLabels(source: FieldText, edits: WatEdit[]): void {
  const { field } = source;
  const { labels } = innerNames(source);
  if (labels.length === 0) return;
  const numbers = new Map(labels.map((node, number) => [node, number]));
  const supply = new NameSupply(
    labels.flatMap((node) => {
      const name = field.nameToken(node);
      return name === undefined ? [] : [source.nameOf(name)];
    }),
  );
  const added = new Map<number, string>();
  for (const { token, node, isHidden } of labelUses(source)) {
    if (node <= 0 || isHidden || field.tags[token] !== Token.natural) continue;
    const own = field.nameToken(node);
    let name = own === undefined ? added.get(node) : source.tokenText(own);
    if (name === undefined) {
      name = supply.take(`b${numbers.get(node)!}`);
      added.set(node, name);
      edits.push(insertion(source.endOf(field.wordToken(node)), ` ${name}`));
    }
    edits.push({ span: source.tokenSpan(token), text: name });
  }
}

/** Names fields of types; `types` has them by the token that defines the type. */
function nameFields(source: FieldText, types: ReadonlyMap<number, ReadonlyMap<number, string>>, edits: WatEdit[]): void {
  const { field } = source;
  for (const definition of definitionNodes(source)) {
    const names = types.get(field.nameToken(definition) ?? field.wordToken(definition));
    if (names === undefined) continue;
    let index = 0;
    for (let node = definition + 1; node < field.nodeEnd(definition); node++) {
      if (field.kindOf(node) !== Node.structField) continue;
      const count = field.nameToken(node) === undefined ? typesIn(field, node).length : 1;
      const start = index;
      const own = Array.from({ length: count }, (_, place) => names.get(start + place));
      nameParts(source, node, own, edits);
      index += count;
    }
  }
}

/**
 * Names types of `(param i32 i64)` and the like; `names` has one place for each. A name stands for one type, so that the form is cut where
 * others stand beside it.
 */
function nameParts(source: FieldText, node: number, names: readonly (string | undefined)[], edits: WatEdit[]): void {
  const { field } = source;
  if (names.every((name) => name === undefined)) return;
  const form = source.tokenText(field.wordToken(node));
  typesIn(field, node).forEach(([first], place) => {
    const name = names[place];
    const isCut = place > 0 && (name !== undefined || names[place - 1] !== undefined);
    if (isCut) edits.push(insertion(source.endOf(first - 1), ")"));
    const opening = isCut ? `(${form} ` : "";
    const text = name === undefined ? opening : `${opening}${name} `;
    if (text !== "") edits.push(insertion(source.startOf(first), text));
  });
}

/** Whether there is a place for a name at the token that defines an entry. */
export function mayHaveName(source: FieldText, token: number): boolean {
  const { field } = source;
  const kind = field.kindOf(nodeWith(field, token));
  return kind !== Node.inlineElem && kind !== Node.inlineData && !isOfSharedType(source, token);
}

/** `(data 0 ...)`: a name there would be that of the segment. */
export function isBareSegmentTarget({ field }: FieldText, token: number): boolean {
  if (field.kind !== Node.dataField && field.kind !== Node.elemField) return false;
  const own = (field.nameToken(0) ?? field.wordToken(0)) + 1;
  return token === own;
}

/** `(table $t)` or `(memory $m)` in place of a bare index. */
export function segmentTarget(source: FieldText, token: number, name: string): WatEdit[] {
  const { field } = source;
  const span = source.tokenSpan(token);
  if (field.kind === Node.dataField) return [{ span, text: `(memory ${name})` }];
  // A table that is named is followed by an offset.
  const behind = field.endToken(field.childOf(0, Node.offset)!);
  // With `(table ...)`, functions need their word.
  const isList = isIndex(field.tags[behind]) || field.tags[behind] === Token.rightParen;
  return [{ span, text: `(table ${name})` }, ...(isList ? [insertion(source.endOf(behind - 1), " func")] : [])];
}

function append<Entry>(lists: Map<number, Entry[]>, key: number, entry: Entry): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [entry]);
  else list.push(entry);
}
