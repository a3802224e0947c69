import { ByteWriter } from "#core/bytes/writer.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { Token, Word } from "../token.ts";
import { writeConstant } from "./constant.ts";
import { isIndex, type ModuleEnvironment } from "./module-environment.ts";
import type { RowBuilder } from "./rows.ts";
import { contentsToken } from "./external-types.ts";
import { readValueType } from "./types.ts";

const funcref: readonly number[] = [0x70];
/** `i32.const 0`, `end`, and the same for i64. */
const offsetZero32 = [0x41, 0x00, 0x0b];
const offsetZero64 = [0x42, 0x00, 0x0b];

/** What a list of elements holds: function indices, or expressions of a type. */
interface ElementList {
  readonly type: readonly number[];
  readonly functions: readonly number[] | undefined;
  /** Nodes. */
  readonly items: readonly number[];
}

/** `func $f $g`, `funcref (item ...)`, or bare indices. `node` holds the items. */
function readElements(
  environment: ModuleEnvironment,
  text: FieldText,
  node: number,
  token: number,
  inlineType?: readonly number[],
): ElementList {
  const { field } = text;
  const items = field.children(node).filter((child) => field.kindOf(child) === Node.elemItem);
  const isKind = field.tags[token] === Word.func;
  let at = isKind ? token + 1 : token;
  const close = field.endToken(node) - 1;
  if (isKind || (at < close && isIndex(field.tags[at])) || (at === close && inlineType === undefined)) {
    const functions: number[] = [];
    for (; isIndex(field.tags[at]); at++) functions.push(environment.resolve(text, at, environment.functions));
    return { type: inlineType ?? funcref, functions, items };
  }
  if (inlineType) return { type: inlineType, functions: items.length === 0 ? [] : undefined, items };
  return { type: readValueType(environment, text, token).bytes, functions: undefined, items };
}

/** `mode`: 0 active, 1 passive, 2 declarative. Source: WebAssembly 3.0, 5.5.12 "Element Section". */
function writeSegment(
  environment: ModuleEnvironment,
  text: FieldText,
  rows: RowBuilder,
  writer: ByteWriter,
  { type, functions, items }: ElementList,
  place: { readonly mode: 0 | 1 | 2; readonly table: number; readonly writeOffset: () => void },
): void {
  // Bare indices have no type in the format: they are of `(ref func)` or `funcref`, others are written as expressions.
  const isPlain = type.length === 1 && type[0] === 0x70;
  const asExpressions = functions === undefined || !isPlain;
  const needsType = place.mode === 0 && (place.table !== 0 || !isPlain);
  const modeBits = place.mode === 0 ? (needsType ? 2 : 0) : place.mode === 1 ? 1 : 3;
  writer.uleb(modeBits | (asExpressions ? 4 : 0));
  if (modeBits === 2) writer.uleb(place.table);
  if (place.mode === 0) place.writeOffset();
  if (modeBits !== 0) {
    if (asExpressions) writer.bytes(Uint8Array.from(type));
    else writer.u8(0);
  }
  if (functions) {
    writer.uleb(functions.length);
    for (const index of functions) {
      if (asExpressions) writer.u8(0xd2);
      writer.uleb(index);
      if (asExpressions) writer.u8(0x0b);
    }
    return;
  }
  writer.uleb(items.length);
  for (const item of items) writeConstant(environment, text, rows, writer, item + 1, text.field.nodeEnd(item));
}

/** An `elem` field. */
export function encodeElement(environment: ModuleEnvironment, text: FieldText, rows: RowBuilder, writer: ByteWriter): void {
  const { field } = text;
  let token = contentsToken(text, 0);
  const isDeclarative = field.tags[token] === Word.declare;
  if (isDeclarative) token++;
  let table = 0;
  const tableUse = field.childOf(0, Node.tableUse);
  const offset = field.childOf(0, Node.offset);
  if (tableUse !== undefined) {
    table = environment.resolve(text, field.wordToken(tableUse) + 1, environment.tables);
    token = field.endToken(tableUse);
  } else if (offset !== undefined && token < field.firstToken(offset) && isIndex(field.tags[token])) {
    table = environment.resolve(text, token, environment.tables);
  }
  if (offset !== undefined) token = field.endToken(offset);
  const list = readElements(environment, text, 0, token);
  const mode = offset !== undefined ? 0 : isDeclarative ? 2 : 1;
  const writeOffset = (): void => writeOffsetNode(environment, text, rows, writer, offset!);
  writeSegment(environment, text, rows, writer, list, { mode, table, writeOffset });
}

/** `(elem ...)` inside a table: the segment fills it from 0. Returns how many elements there are, which is the table's size. */
export function encodeInlineElement(
  environment: ModuleEnvironment,
  text: FieldText,
  rows: RowBuilder,
  writer: ByteWriter,
  table: { readonly index: number; readonly is64: boolean; readonly type: readonly number[] },
): number {
  const node = text.field.childOf(0, Node.inlineElem)!;
  const list = readElements(environment, text, node, text.field.wordToken(node) + 1, table.type);
  const writeOffset = (): void => writer.bytes(Uint8Array.from(table.is64 ? offsetZero64 : offsetZero32));
  writeSegment(environment, text, rows, writer, list, { mode: 0, table: table.index, writeOffset });
  return list.functions?.length ?? list.items.length;
}

/** A `data` field. Source: WebAssembly 3.0, 5.5.14 "Data Section". */
export function encodeData(environment: ModuleEnvironment, text: FieldText, rows: RowBuilder, writer: ByteWriter): void {
  const { field } = text;
  const offset = field.childOf(0, Node.offset);
  const memoryUse = field.childOf(0, Node.memoryUse);
  const first = contentsToken(text, 0);
  let memory = 0;
  if (memoryUse !== undefined) memory = environment.resolve(text, field.wordToken(memoryUse) + 1, environment.memories);
  else if (offset !== undefined && isIndex(field.tags[first])) memory = environment.resolve(text, first, environment.memories);
  writer.uleb(offset === undefined ? 1 : memory === 0 ? 0 : 2);
  if (offset !== undefined) {
    if (memory !== 0) writer.uleb(memory);
    writeOffsetNode(environment, text, rows, writer, offset);
  }
  writeContents(writer, stringsOf(text, 0));
}

/** `(data ...)` inside a memory: the segment fills it from 0. Returns its length in bytes. */
export function encodeInlineData(text: FieldText, writer: ByteWriter, memory: { readonly index: number; readonly is64: boolean }): number {
  const contents = stringsOf(text, text.field.childOf(0, Node.inlineData)!);
  writer.uleb(memory.index === 0 ? 0 : 2);
  if (memory.index !== 0) writer.uleb(memory.index);
  writer.bytes(Uint8Array.from(memory.is64 ? offsetZero64 : offsetZero32));
  writeContents(writer, contents);
  return contents.length;
}

function writeOffsetNode(environment: ModuleEnvironment, text: FieldText, rows: RowBuilder, writer: ByteWriter, node: number): void {
  writeConstant(environment, text, rows, writer, node + 1, text.field.nodeEnd(node));
}

function writeContents(writer: ByteWriter, contents: Uint8Array): void {
  writer.uleb(contents.length);
  writer.bytes(contents);
}

/** The bytes of all strings of a node, one after the other. */
function stringsOf(text: FieldText, node: number): Uint8Array {
  const writer = new ByteWriter();
  for (const token of text.field.ownTokens(node)) if (text.field.tags[token] === Token.string) writer.bytes(text.bytesOf(token));
  return writer.finish();
}
