/** Fields of a module. Source: WebAssembly 3.0, 6.6 "Modules", with its abbreviations; compact imports from their proposal. */
import { Space } from "../field.ts";
import { stringProblem } from "../literal-string.ts";
import { Node } from "../node.ts";
import type { NodeKind } from "../node.ts";
import { Token, Word } from "../token.ts";
import type { Cursor } from "./cursor.ts";
import { FunctionNames } from "./function-names.ts";
import { atFoldedInstruction, foldedInstruction, instructionSequence } from "./instructions.ts";
import {
  addressType, atRefType, globalType, index, isIndex, limits, memoryType, optionalName, pageSize, refType, string, subType, tableType,
  typeUse, valueTypesForm,
} from "./types.ts"; // prettier-ignore

interface FieldGrammar {
  readonly kind: NodeKind;
  /** Reads what is between the field's word and its `)`. */
  readonly parse: (cursor: Cursor) => void;
}

const grammars: ReadonlyMap<number, FieldGrammar> = new Map([
  [Word.type, { kind: Node.typeField, parse: typeDefinition }],
  [Word.rec, { kind: Node.recField, parse: recursiveTypes }],
  [Word.import, { kind: Node.importField, parse: importField }],
  [Word.func, { kind: Node.funcField, parse: functionField }],
  [Word.table, { kind: Node.tableField, parse: tableField }],
  [Word.memory, { kind: Node.memoryField, parse: memoryField }],
  [Word.global, { kind: Node.globalField, parse: globalField }],
  [Word.tag, { kind: Node.tagField, parse: tagField }],
  [Word.export, { kind: Node.exportField, parse: exportField }],
  [Word.start, { kind: Node.startField, parse: startField }],
  [Word.elem, { kind: Node.elemField, parse: elementField }],
  [Word.data, { kind: Node.dataField, parse: dataField }],
]);

/** Reads a field from its `(`, and whatever is behind its `)`. The cursor must stand at a word that is a field's. */
export function field(cursor: Cursor): void {
  const grammar = grammars.get(cursor.peek(1))!;
  const node = cursor.openForm(grammar.kind);
  grammar.parse(cursor);
  if (cursor.tag !== Token.rightParen) {
    if (cursor.tag === Token.end) cursor.reportUnclosed(0, cursor.describe(0));
    else cursor.expected("`)`");
    cursor.skipToClose();
  }
  if (cursor.tag === Token.rightParen) cursor.at++;
  // Tokens are left only where a parenthesis inside was told to be unclosed, and then they belong to the field too.
  cursor.at = cursor.tags.length - 1;
  cursor.close(node);
}

function typeDefinition(cursor: Cursor): void {
  optionalName(cursor);
  subType(cursor);
}

function recursiveTypes(cursor: Cursor): void {
  while (cursor.atForm(Word.type)) {
    const node = cursor.openForm(Node.typeDefinition);
    typeDefinition(cursor);
    cursor.closeForm(node);
  }
}

/** A string whose bytes must be UTF-8. */
function name(cursor: Cursor, what: string): void {
  if (cursor.tag === Token.string) {
    const start = cursor.base + cursor.spans[2 * cursor.at]!;
    const end = cursor.base + cursor.spans[2 * cursor.at + 1]!;
    const problem = stringProblem(cursor.text, start, end, true);
    if (problem !== undefined) cursor.report(problem.code, problem.message, cursor.at);
  }
  string(cursor, what);
}

function importField(cursor: Cursor): void {
  name(cursor, 'the name of a module, such as `"env"`');
  if (!cursor.atForm(Word.item)) {
    name(cursor, 'the name of what is imported, such as `"log"`');
    return externType(cursor);
  }
  // Each has a type, or all have the one behind them.
  let isTyped: boolean | undefined;
  while (cursor.atForm(Word.item)) {
    const node = cursor.openForm(Node.importItem);
    name(cursor, "the name of what is imported");
    isTyped ??= cursor.tag === Token.leftParen;
    if (isTyped) externType(cursor);
    cursor.closeForm(node);
  }
  if (isTyped === false) externType(cursor, false);
}

const externTypes: ReadonlyMap<number, FieldGrammar> = new Map([
  [Word.func, { kind: Node.externFunc, parse: signature }],
  [Word.table, { kind: Node.externTable, parse: tableType }],
  [Word.memory, { kind: Node.externMemory, parse: memoryType }],
  [Word.global, { kind: Node.externGlobal, parse: globalType }],
  [Word.tag, { kind: Node.externTag, parse: signature }],
]);

/** The type of several imports has no name. */
function externType(cursor: Cursor, mayHaveName = true): void {
  const grammar = cursor.tag === Token.leftParen ? externTypes.get(cursor.peek(1)) : undefined;
  if (grammar === undefined)
    return cursor.expected("what is imported: `(func ...)`, `(table ...)`, `(memory ...)`, `(global ...)` or `(tag ...)`");
  const node = cursor.openForm(grammar.kind);
  if (mayHaveName) optionalName(cursor);
  grammar.parse(cursor);
  cursor.closeForm(node);
}

/** The type of a function without a body; parameters may be named. */
function signature(cursor: Cursor): void {
  const names = new FunctionNames();
  typeUse(cursor, (nameToken, count) => names.declareLocals(cursor, nameToken, count));
}

/** `(export "name")`, any number. */
function inlineExports(cursor: Cursor): void {
  while (cursor.atForm(Word.export)) {
    const node = cursor.openForm(Node.inlineExport);
    name(cursor, "the name under which to export");
    cursor.closeForm(node);
  }
}

/** `(import "module" "name")`. Returns whether there was one. */
function inlineImport(cursor: Cursor): boolean {
  if (!cursor.atForm(Word.import)) return false;
  const node = cursor.openForm(Node.inlineImport);
  name(cursor, "the name of a module");
  name(cursor, "the name of what is imported");
  cursor.closeForm(node);
  return true;
}

function functionField(cursor: Cursor): void {
  optionalName(cursor);
  inlineExports(cursor);
  if (inlineImport(cursor)) return signature(cursor);
  const names = new FunctionNames();
  const declare = (nameToken: number | undefined, count: number): void => names.declareLocals(cursor, nameToken, count);
  if (typeUse(cursor, declare)) names.takeParametersFromType();
  names.endParameters();
  while (cursor.atForm(Word.local)) valueTypesForm(cursor, Node.local, declare);
  instructionSequence(cursor, names);
  cursor.hints |= names.hints();
}

function tableField(cursor: Cursor): void {
  optionalName(cursor);
  inlineExports(cursor);
  if (inlineImport(cursor)) return tableType(cursor);
  addressType(cursor);
  if (!atRefType(cursor)) {
    limits(cursor);
    if (cursor.tag === Word.shared) cursor.at++;
    refType(cursor);
    return instructionSequence(cursor, new FunctionNames());
  }
  refType(cursor);
  if (!cursor.atForm(Word.elem)) return cursor.expected("`(elem ...)`: a table without size has the elements it starts with");
  const node = cursor.openForm(Node.inlineElem);
  if (isIndex(cursor.tag)) functionIndices(cursor);
  else elementItems(cursor);
  cursor.closeForm(node, "an element or `)`");
}

function memoryField(cursor: Cursor): void {
  optionalName(cursor);
  inlineExports(cursor);
  if (inlineImport(cursor)) return memoryType(cursor);
  const start = cursor.at;
  addressType(cursor);
  pageSize(cursor);
  if (!cursor.atForm(Word.data)) {
    if (cursor.at > start && cursor.tag === Token.rightParen) return cursor.expected("a size or `(data ...)`");
    cursor.at = cursor.tag === Token.natural ? cursor.at : start;
    return memoryLimits(cursor);
  }
  const node = cursor.openForm(Node.inlineData);
  strings(cursor);
  cursor.closeForm(node, "a string or `)`");
}

function memoryLimits(cursor: Cursor): void {
  limits(cursor);
  if (cursor.tag === Word.shared) cursor.at++;
  pageSize(cursor);
}

function globalField(cursor: Cursor): void {
  optionalName(cursor);
  inlineExports(cursor);
  if (inlineImport(cursor)) return globalType(cursor);
  globalType(cursor);
  if (!cursor.failed) instructionSequence(cursor, new FunctionNames());
}

function tagField(cursor: Cursor): void {
  optionalName(cursor);
  inlineExports(cursor);
  inlineImport(cursor);
  signature(cursor);
}

const exportSpaces: ReadonlyMap<number, readonly [Space, string]> = new Map([
  [Word.func, [Space.func, "function"]],
  [Word.table, [Space.table, "table"]],
  [Word.memory, [Space.memory, "memory"]],
  [Word.global, [Space.global, "global"]],
  [Word.tag, [Space.tag, "tag"]],
]);

function exportField(cursor: Cursor): void {
  name(cursor, "the name under which to export");
  const target = cursor.tag === Token.leftParen ? exportSpaces.get(cursor.peek(1)) : undefined;
  if (target === undefined) return cursor.expected("what to export: `(func $f)`, `(table $t)`, `(memory $m)`, `(global $g)` or `(tag $e)`");
  const node = cursor.openForm(Node.exportTarget);
  index(cursor, target[0], `the name or index of a ${target[1]}`);
  cursor.closeForm(node);
}

function startField(cursor: Cursor): void {
  index(cursor, Space.func, "the name or index of a function");
}

function elementField(cursor: Cursor): void {
  optionalName(cursor);
  if (cursor.tag === Word.declare) {
    cursor.at++;
    return elementList(cursor);
  }
  const wordEnd = cursor.at;
  const hasTable = elementTable(cursor);
  const isBare = cursor.at === wordEnd;
  const hasOffset = offset(cursor, !isBare);
  if (hasOffset && isBare) cursor.referDefault(Space.table, 1);
  if (hasOffset && !hasTable && (isIndex(cursor.tag) || cursor.tag === Token.rightParen)) functionIndices(cursor);
  else elementList(cursor);
}

/** `(table $t)`, or the bare index that the first version of the format had. Returns whether there was one. */
function elementTable(cursor: Cursor): boolean {
  if (cursor.atForm(Word.table)) {
    const node = cursor.openForm(Node.tableUse);
    index(cursor, Space.table, "the name or index of a table");
    cursor.closeForm(node);
    return true;
  }
  if (!isIndex(cursor.tag)) return false;
  index(cursor, Space.table, "the name or index of a table");
  return false;
}

/** `(offset ...)` or one folded instruction. Returns whether there was one. */
function offset(cursor: Cursor, isRequired: boolean): boolean {
  if (cursor.atForm(Word.offset)) {
    const node = cursor.openForm(Node.offset);
    instructionSequence(cursor, new FunctionNames());
    cursor.closeForm(node);
    return true;
  }
  if (atFoldedInstruction(cursor)) {
    const node = cursor.open(Node.offset);
    foldedInstruction(cursor);
    cursor.close(node);
    return true;
  }
  if (isRequired) cursor.expected("an offset such as `(i32.const 0)`");
  return false;
}

/** `func $f $g` or a reference type and its items. */
function elementList(cursor: Cursor): void {
  if (cursor.tag === Word.func) {
    cursor.at++;
    return functionIndices(cursor);
  }
  refType(cursor, "`func` and functions, or a reference type and `(item ...)`");
  if (!cursor.failed) elementItems(cursor);
}

function functionIndices(cursor: Cursor): void {
  while (isIndex(cursor.tag)) index(cursor, Space.func, "the name or index of a function");
}

function elementItems(cursor: Cursor): void {
  for (;;) {
    if (cursor.atForm(Word.item)) {
      const node = cursor.openForm(Node.elemItem);
      instructionSequence(cursor, new FunctionNames());
      cursor.closeForm(node);
    } else if (atFoldedInstruction(cursor)) {
      const node = cursor.open(Node.elemItem);
      foldedInstruction(cursor);
      cursor.close(node);
    } else return;
  }
}

function dataField(cursor: Cursor): void {
  optionalName(cursor);
  const wordEnd = cursor.at;
  if (cursor.atForm(Word.memory)) {
    const node = cursor.openForm(Node.memoryUse);
    index(cursor, Space.memory, "the name or index of a memory");
    cursor.closeForm(node);
  } else if (isIndex(cursor.tag)) index(cursor, Space.memory, "the name or index of a memory");
  const isBare = cursor.at === wordEnd;
  if (offset(cursor, !isBare) && isBare) cursor.referDefault(Space.memory, 1);
  strings(cursor);
}

function strings(cursor: Cursor): void {
  while (cursor.tag === Token.string || cursor.tag === Token.broken) cursor.at++;
}
