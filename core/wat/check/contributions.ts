/** What the fields of a module add to its environment. */
import { globalEntry, tableEntry } from "#core/wasm/validate/environment.ts";
import type { Environment } from "#core/wasm/validate/environment.ts";
import { bottom, Heap, refType } from "#core/wasm/validate/value-type.ts";
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import { contentsToken } from "../encode/external-types.ts";
import { Space } from "../field.ts";
import type { Field, FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { Token, Word } from "../token.ts";
import { isIndex } from "./body-context.ts";
import { isHeadReadable, isReadable } from "./readable.ts";
import type { TypeScope } from "./module-view.ts";
import { numberList } from "./type-reader.ts";

/** Pairs of a space and an entry. Data segments have no entry: that they are there is known from their names. */
export type Contribution = readonly number[];

const functionReference = refType(Heap.func, false);

export function contributionOf(source: FieldText, scope: TypeScope): Contribution {
  const { field } = source;
  switch (field.kind) {
    case Node.importField:
      return imports(source, scope);
    case Node.funcField:
    case Node.memoryField:
    case Node.globalField:
    case Node.tagField:
      return entry(source, scope, 0, field.kind);
    case Node.tableField: {
      const own = entry(source, scope, 0, field.kind);
      return field.childOf(0, Node.inlineElem) === undefined ? own : [...own, Space.elem, own[1]! >> 1];
    }
    case Node.elemField:
      return [Space.elem, isReadable(field) ? elementType(source, scope) : bottom];
    default:
      return none;
  }
}

const none: Contribution = [];

/** What a definition or the description of an import adds. */
function entry(source: FieldText, scope: TypeScope, node: number, kind: number): Contribution {
  const isRead = kind === Node.funcField ? isHeadReadable(source.field) : isReadable(source.field);
  switch (kind) {
    case Node.funcField:
    case Node.externFunc:
      return [Space.func, isRead ? functionIdentity(source, scope, node) : -1];
    case Node.tagField:
    case Node.externTag:
      return [Space.tag, isRead ? functionIdentity(source, scope, node) : -1];
    case Node.tableField:
    case Node.externTable:
      return [Space.table, isRead ? table(source, scope, node) : tableEntry(bottom, false)];
    case Node.memoryField:
    case Node.externMemory:
      return [Space.memory, source.field.tags[contentsToken(source, node)] === Word.i64 ? 1 : 0];
    case Node.globalField:
    case Node.externGlobal: {
      if (!isRead) return [Space.global, globalEntry(bottom, true)];
      const reader = scope.reader(source);
      reader.at = contentsToken(source, node);
      const { type, mutable } = reader.fieldType();
      return [Space.global, globalEntry(type, mutable)];
    }
    default:
      return none;
  }
}

/** Identity of the function type that a type use means; -1 where it names none. */
function functionIdentity(source: FieldText, scope: TypeScope, node: number): number {
  const { field } = source;
  const named = field.childOf(node, Node.typeUse);
  const { table } = scope.types;
  if (named !== undefined) {
    const identity = scope.typeIdentity(scope.resolve(Space.type, source, field.firstToken(named) + 2));
    return table.function(identity) === undefined ? -1 : identity;
  }
  const { params, results } = scope.reader(source).signature(node);
  return table.functionType(params, results);
}

function table(source: FieldText, scope: TypeScope, node: number): number {
  const { tags } = source.field;
  const reader = scope.reader(source);
  reader.at = contentsToken(source, node);
  const is64 = tags[reader.at] === Word.i64;
  if (is64 || tags[reader.at] === Word.i32) reader.at++;
  while (tags[reader.at] === Token.natural || tags[reader.at] === Word.shared) reader.at++;
  return tableEntry(reader.valueType(), is64);
}

/** The token at which the elements of an `elem` field start: `func`, a type, or the first function. */
export function elementsToken(source: FieldText): number {
  const { field } = source;
  let token = contentsToken(source, 0);
  if (field.tags[token] === Word.declare) token++;
  const use = field.childOf(0, Node.tableUse);
  const offset = field.childOf(0, Node.offset);
  if (offset !== undefined) return field.endToken(offset);
  return use === undefined ? token : field.endToken(use);
}

/** Type of the elements of an `elem` field. */
function elementType(source: FieldText, scope: TypeScope): ValueType {
  const { field } = source;
  const token = elementsToken(source);
  const tag = field.tags[token]!;
  if (tag === Word.func || isIndex(tag) || token === field.endToken(0) - 1) return functionReference;
  const reader = scope.reader(source);
  reader.at = token;
  return reader.valueType();
}

function imports(source: FieldText, scope: TypeScope): Contribution {
  const { field } = source;
  const found: number[] = [];
  let items = 0;
  for (const child of field.children(0)) {
    const inner = field.kindOf(child) === Node.importItem ? externIn(field, child) : child;
    if (inner === undefined) {
      items++;
      continue;
    }
    const own = entry(source, scope, inner, field.kindOf(inner));
    // One type behind several items is the type of each.
    const count = inner === child && items > 0 ? items : 1;
    for (let item = 0; item < count; item++) found.push(...own);
  }
  return found;
}

function externIn(field: Field, item: number): number | undefined {
  return field.children(item).find((child) => field.kindOf(child) >= Node.externFunc && field.kindOf(child) <= Node.externTag);
}

/** Puts the contributions of all fields together. */
export function environmentOf(contributions: readonly Contribution[], scope: TypeScope): Environment {
  const lists: (number[] | undefined)[] = [];
  for (const contribution of contributions) {
    for (let at = 0; at < contribution.length; at += 2) {
      const [space, entry] = [contribution[at]!, contribution[at + 1]!];
      const known = lists[space];
      // A first push into an empty list would make room for seventeen, and most have one.
      if (known === undefined) lists[space] = [entry];
      else known.push(entry);
    }
  }
  const list = (space: number): Int32Array => numberList(lists[space] ?? none);
  return {
    types: scope.types.table,
    functions: list(Space.func),
    tables: list(Space.table),
    memories: list(Space.memory),
    globals: list(Space.global),
    tags: list(Space.tag),
    elements: list(Space.elem),
  };
}
