/** What a field adds to its module, read from its tree. */
import type { Definition, Definitions, ExportDefinition, TypeDefinition } from "./definition.ts";
import type { Field, FieldText } from "./field.ts";
import { Space } from "./field.ts";
import { Node } from "./node.ts";
import type { NodeKind } from "./node.ts";
import { Token, Word, wordOf } from "./token.ts";

const nothing: Definitions = { kind: Node.stray, entries: [], exports: [], importToken: undefined, isDefinition: false };
const start: Definitions = { ...nothing, kind: Node.startField };

const spaces: ReadonlyMap<NodeKind, Space> = new Map<NodeKind, Space>([
  [Node.funcField, Space.func],
  [Node.tableField, Space.table],
  [Node.memoryField, Space.memory],
  [Node.globalField, Space.global],
  [Node.tagField, Space.tag],
  [Node.elemField, Space.elem],
  [Node.dataField, Space.data],
  [Node.externFunc, Space.func],
  [Node.externTable, Space.table],
  [Node.externMemory, Space.memory],
  [Node.externGlobal, Space.global],
  [Node.externTag, Space.tag],
]);

/** Worked out once for a field. */
export function definitionsOf(source: FieldText): Definitions {
  source.field.definitions ??= readDefinitions(source);
  return source.field.definitions;
}

function readDefinitions(source: FieldText): Definitions {
  const { kind } = source.field;
  switch (kind) {
    case Node.typeField:
    case Node.recField:
      return { ...nothing, kind, entries: types(source) };
    case Node.importField:
      return { ...nothing, kind, entries: imports(source), importToken: 1 };
    case Node.exportField:
      return { ...nothing, kind, exports: exportName(source, 0, exportTarget(source)) };
    case Node.startField:
      return start;
    case Node.elemField:
    case Node.dataField:
      return { ...nothing, kind, entries: [entry(source, 0, spaces.get(kind)!)] };
    case Node.funcField:
    case Node.tableField:
    case Node.memoryField:
    case Node.globalField:
    case Node.tagField:
      return definition(source);
    default:
      return nothing;
  }
}

function definition(source: FieldText): Definitions {
  const { field } = source;
  const { kind } = field;
  const entries = [entry(source, 0, spaces.get(kind)!)];
  const exports: ExportDefinition[] = [];
  let imported: number | undefined;
  const end = field.nodeEnd(0);
  for (let child = 1; child < end; child = field.nodeEnd(child)) {
    const inner = field.kindOf(child);
    if (inner === Node.inlineExport) exports.push(...exportName(source, child, undefined));
    else if (inner === Node.inlineImport) imported = field.wordToken(child);
    else if (inner === Node.inlineElem) entries.push({ space: Space.elem, name: undefined, token: field.wordToken(child) });
    else if (inner === Node.inlineData) entries.push({ space: Space.data, name: undefined, token: field.wordToken(child) });
    else if (inner >= Node.plain) break;
  }
  return { kind, entries, exports, importToken: imported, isDefinition: imported === undefined };
}

/** Whether two fields add the same. */
export function sameDefinitions(left: Definitions, right: Definitions): boolean {
  if (left === right) return true;
  return (
    left.kind === right.kind &&
    left.importToken === right.importToken &&
    sameList(left.entries, right.entries, sameEntry) &&
    sameList(left.exports, right.exports, sameExport)
  );
}

function sameEntry(left: Definition, right: Definition): boolean {
  return left.space === right.space && left.name === right.name && left.token === right.token && sameType(left.type, right.type);
}

function sameType(left: TypeDefinition | undefined, right: TypeDefinition | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.kind === right.kind && left.signature === right.signature && sameList(left.fields ?? [], right.fields ?? [], Object.is);
}

function sameExport(left: ExportDefinition, right: ExportDefinition): boolean {
  const isSameTarget = left.target?.space === right.target?.space && left.target?.entry === right.target?.entry;
  return isSameTarget && left.name === right.name && left.token === right.token;
}

function sameList<Item>(left: readonly Item[], right: readonly Item[], isSame: (left: Item, right: Item) => boolean): boolean {
  return left.length === right.length && left.every((item, at) => isSame(item, right[at]!));
}

function entry(source: FieldText, node: number, space: Space): Definition {
  const token = source.field.nameToken(node);
  return token === undefined
    ? { space, name: undefined, token: source.field.wordToken(node) }
    : { space, name: detached(source.nameOf(token)), token };
}

/**
 * A copy that stands alone. An engine may make a part of a string by reference to the whole, and a name is kept for as long as its field,
 * which would keep a whole text of megabytes for each edit that made a field.
 */
export function detached(name: string): string {
  return ` ${name}`.slice(1);
}

const targetSpaces: ReadonlyMap<number, Space> = new Map([
  [Word.func, Space.func],
  [Word.table, Space.table],
  [Word.memory, Space.memory],
  [Word.global, Space.global],
  [Word.tag, Space.tag],
]);

function exportTarget(source: FieldText): ExportDefinition["target"] {
  const { field } = source;
  const node = field.childOf(0, Node.exportTarget);
  const space = node === undefined ? undefined : targetSpaces.get(field.wordTag(node));
  if (node === undefined || space === undefined) return undefined;
  const token = field.wordToken(node) + 1;
  const tag = field.tags[token];
  if (tag === Token.natural) return { space, entry: source.naturalOf(token) };
  return tag === Token.name || tag === Token.quotedName ? { space, entry: detached(source.nameOf(token)) } : undefined;
}

function exportName(source: FieldText, node: number, target: ExportDefinition["target"]): ExportDefinition[] {
  const token = source.field.wordToken(node) + 1;
  if (source.field.tags[token] !== Token.string) return [];
  const name = source.stringOf(token);
  return name === undefined ? [] : [{ name: detached(name), token, target }];
}

function imports(source: FieldText): Definition[] {
  const { field } = source;
  const found: Definition[] = [];
  let items = 0;
  const end = field.nodeEnd(0);
  for (let child = 1; child < end; child = field.nodeEnd(child)) {
    if (field.kindOf(child) !== Node.importItem) {
      const space = spaces.get(field.kindOf(child));
      if (space === undefined) continue;
      // One type behind several items is the type of each.
      if (items === 0) found.push(entry(source, child, space));
      for (let item = 0; item < items; item++) found.push({ space, name: undefined, token: field.wordToken(child) });
      continue;
    }
    const own = field.children(child).find((inner) => spaces.has(field.kindOf(inner)));
    if (own === undefined) items++;
    else found.push(entry(source, own, spaces.get(field.kindOf(own))!));
  }
  return found;
}

function types(source: FieldText): Definition[] {
  const { field } = source;
  if (field.kind === Node.typeField) return [typeEntry(source, 0)];
  return field
    .children(0)
    .filter((child) => field.kindOf(child) === Node.typeDefinition)
    .map((child) => typeEntry(source, child));
}

function typeEntry(source: FieldText, node: number): Definition {
  return { ...entry(source, node, Space.type), type: typeDefinition(source, node) };
}

function typeDefinition(source: FieldText, node: number): TypeDefinition {
  const { field } = source;
  const outer = node + 1 < field.nodeEnd(node) ? node + 1 : undefined;
  const inner = outer !== undefined && field.kindOf(outer) === Node.subType ? compositeIn(field, outer) : outer;
  if (inner === undefined) return { kind: "unknown" };
  switch (field.kindOf(inner)) {
    case Node.funcType:
      return { kind: "func", signature: signatureText(source, field.children(inner)) };
    case Node.structType:
      return { kind: "struct", fields: structFields(source, inner) };
    case Node.arrayType:
      return { kind: "array" };
    case Node.contType:
      return { kind: "cont" };
    default:
      return { kind: "unknown" };
  }
}

function compositeIn(field: Field, node: number): number | undefined {
  return node + 1 < field.nodeEnd(node) ? node + 1 : undefined;
}

function structFields(source: FieldText, node: number): (string | undefined)[] {
  const { field } = source;
  const names: (string | undefined)[] = [];
  for (const child of field.children(node)) {
    const name = field.nameToken(child);
    if (name !== undefined) names.push(detached(source.nameOf(name)));
    else for (const part of typesIn(source, child)) if (part !== "") names.push(undefined);
  }
  return names;
}

/** Heap types of the words that mean a reference to one, or null: `func` of `funcref`. */
export const longForms: ReadonlyMap<number, string> = new Map([
  [Word.anyref, "any"],
  [Word.eqref, "eq"],
  [Word.i31ref, "i31"],
  [Word.structref, "struct"],
  [Word.arrayref, "array"],
  [Word.nullref, "none"],
  [Word.funcref, "func"],
  [Word.nullfuncref, "nofunc"],
  [Word.externref, "extern"],
  [Word.nullexternref, "noextern"],
  [Word.exnref, "exn"],
  [Word.nullexnref, "noexn"],
  [Word.contref, "cont"],
  [Word.nullcontref, "nocont"],
]);

/**
 * The parameters and results among `nodes` in one normal form: short reference types are written out and names of types stand in braces,
 * such as `i32 (ref null func) -> (ref {$t})`.
 */
export function signatureText(source: FieldText, nodes: readonly number[]): string {
  const { field } = source;
  const parameters: string[] = [];
  const results: string[] = [];
  for (const node of nodes) {
    const kind = field.kindOf(node);
    if (kind !== Node.param && kind !== Node.result) continue;
    const list = kind === Node.param ? parameters : results;
    for (const type of typesIn(source, node)) list.push(type);
  }
  return `${parameters.join(" ")} -> ${results.join(" ")}`;
}

/** The types in `(param ...)`, `(result ...)`, `(field ...)` without the name. */
function typesIn(source: FieldText, node: number): string[] {
  const { field } = source;
  const found: string[] = [];
  let token = field.nameToken(node) ?? field.wordToken(node);
  let child = node + 1;
  const end = field.endToken(node) - 1;
  for (token++; token < end;) {
    if (child < field.nodeEnd(node) && field.firstToken(child) === token) {
      found.push(field.kindOf(child) === Node.refType ? refText(source, child) : "mut");
      token = field.endToken(child);
      child = field.nodeEnd(child);
      continue;
    }
    const long = longForms.get(field.tags[token]!);
    found.push(long === undefined ? source.tokenText(token) : `(ref null ${long})`);
    token++;
  }
  return found;
}

function refText(source: FieldText, node: number): string {
  const { field } = source;
  const parts = ["ref"];
  for (let token = field.firstToken(node) + 2; token < field.endToken(node) - 1; token++) {
    parts.push(wordOf(field.tags[token]!) ?? `{${source.tokenText(token)}}`);
  }
  return `(${parts.join(" ")})`;
}
