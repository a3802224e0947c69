/** What a field adds to its module: names, exports, types. */
import type { Field, FieldText } from "./field.ts";
import { Space } from "./field.ts";
import { naturalValue } from "./literal-number.ts";
import { Node } from "./node.ts";
import type { NodeKind } from "./node.ts";
import { Token, Word, wordOf } from "./token.ts";

/** One entry of an index space. */
export interface Definition {
  readonly space: Space;
  /** Name without `$`. */
  readonly name: string | undefined;
  /** Token of the name, or of the word that defines. */
  readonly token: number;
  /** Of a type: what it is. */
  readonly type?: TypeDefinition;
}

export interface TypeDefinition {
  readonly kind: "func" | "struct" | "array" | "cont" | "unknown";
  /** Of a function: parameters and results as {@link signatureText} writes them. */
  readonly signature?: string;
  /** Of a struct: names of its fields in order. */
  readonly fields?: readonly (string | undefined)[];
}

export interface ExportDefinition {
  readonly name: string;
  /** Token of the name. */
  readonly token: number;
  /** What is exported; `undefined` for the field's own first entry. */
  readonly target: { readonly space: Space; readonly entry: string | number } | undefined;
}

export interface Definitions {
  readonly entries: readonly Definition[];
  readonly exports: readonly ExportDefinition[];
  /** Token to mark where an import is at the wrong place; `undefined` where the field imports nothing. */
  readonly importToken: number | undefined;
  /** Whether the field defines a function, table, memory, global or tag of its own, behind which no import may stand. */
  readonly isDefinition: boolean;
  /** Equal for two fields that add the same. */
  readonly digest: string;
}

const nothing: Definitions = { entries: [], exports: [], importToken: undefined, isDefinition: false, digest: "" };

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

export function definitionsOf(source: FieldText): Definitions {
  const { field } = source;
  switch (field.kind) {
    case Node.typeField:
    case Node.recField:
      return withDigest(field.kind, types(source), [], undefined, false);
    case Node.importField:
      return withDigest(field.kind, imports(source), [], 1, false);
    case Node.exportField:
      return withDigest(field.kind, [], exportName(source, 0, exportTarget(source)), undefined, false);
    case Node.startField:
      return { ...nothing, digest: "start" };
    case Node.elemField:
    case Node.dataField:
      return withDigest(field.kind, [entry(source, 0, spaces.get(field.kind)!)], [], undefined, false);
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
  const entries = [entry(source, 0, spaces.get(field.kind)!)];
  const exports: ExportDefinition[] = [];
  let imported: number | undefined;
  const end = field.nodeEnd(0);
  for (let child = 1; child < end; child = field.nodeEnd(child)) {
    const kind = field.kindOf(child);
    if (kind === Node.inlineExport) exports.push(...exportName(source, child, undefined));
    else if (kind === Node.inlineImport) imported = field.wordToken(child);
    else if (kind === Node.inlineElem) entries.push({ space: Space.elem, name: undefined, token: field.wordToken(child) });
    else if (kind === Node.inlineData) entries.push({ space: Space.data, name: undefined, token: field.wordToken(child) });
    else if (kind >= Node.plain) break;
  }
  return withDigest(field.kind, entries, exports, imported, imported === undefined);
}

function withDigest(
  kind: NodeKind,
  entries: readonly Definition[],
  exports: Definitions["exports"],
  importToken: number | undefined,
  isDefinition: boolean,
): Definitions {
  const parts: (string | number)[] = [kind, importToken ?? ""];
  for (const { space, name, token, type } of entries) {
    parts.push(space, name === undefined ? "" : JSON.stringify(name), token);
    if (type !== undefined) parts.push(type.kind, type.signature ?? "", type.fields === undefined ? "" : JSON.stringify(type.fields));
  }
  for (const { name, token, target } of exports) {
    parts.push(JSON.stringify(name), token);
    if (target !== undefined) parts.push(target.space, JSON.stringify(target.entry));
  }
  return { entries, exports, importToken, isDefinition, digest: parts.join(" ") };
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
  if (tag === Token.natural) return { space, entry: naturalValue(source.text, source.startOf(token), source.endOf(token)) };
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
