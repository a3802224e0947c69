import { ByteWriter } from "#core/bytes/writer.ts";
import { heapTypeCodes, valueTypeCodes } from "#core/wasm/value-types.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { Token, Word, wordOf } from "../token.ts";
import { writeFunctionType, type FunctionType } from "./function-types.ts";
import { IndexSpace } from "./index-space.ts";
import { isIndex, isName, type ModuleEnvironment } from "./module-environment.ts";

/** A value type in the binary format and the token behind it. */
interface ReadType {
  readonly bytes: readonly number[];
  readonly next: number;
}

/** The value type, also a packed one, that starts at `token`. */
export function readValueType(environment: ModuleEnvironment, text: FieldText, token: number): ReadType {
  const { tags } = text.field;
  if (tags[token] === Token.leftParen && tags[token + 1] === Word.ref) {
    const nullable = tags[token + 2] === Word.null;
    const heap = token + (nullable ? 3 : 2);
    const bytes = readHeapType(environment, text, heap);
    const short = shortForm(nullable, bytes);
    return { bytes: short ?? [nullable ? 0x63 : 0x64, ...bytes], next: heap + 2 };
  }
  const code = valueTypeCodes[wordOf(tags[token]!) ?? ""];
  if (code === undefined) {
    environment.report(text, token, token, "expected a type such as `i32` or `funcref`");
    return { bytes: [], next: token + 1 };
  }
  return { bytes: [code], next: token + 1 };
}

/** `(ref null func)` is `funcref`, one byte: what an engine without typed references knows. */
function shortForm(nullable: boolean, heapType: readonly number[]): readonly number[] | undefined {
  const isAbstract = heapType.length === 1 && (heapType[0]! & 0x40) !== 0;
  return nullable && isAbstract ? heapType : undefined;
}

/** An abstract heap type, or the index of a type as a signed number. */
export function readHeapType(environment: ModuleEnvironment, text: FieldText, token: number): number[] {
  const tag = text.field.tags[token]!;
  if (!isIndex(tag)) {
    const code = heapTypeCodes[wordOf(tag) ?? ""];
    if (code !== undefined) return [code];
  }
  const writer = new ByteWriter(8);
  writer.sleb(environment.resolve(text, token, environment.types));
  return [...writer.finish()];
}

/** The types inside `(param ...)`, `(result ...)` or `(local ...)`, with the name where there is one. */
export function readTypeList(
  environment: ModuleEnvironment,
  text: FieldText,
  node: number,
): { readonly name: number | undefined; readonly types: readonly (readonly number[])[] } {
  const { field } = text;
  const name = field.nameToken(node);
  const types: (readonly number[])[] = [];
  const close = field.endToken(node) - 1;
  for (let token = field.wordToken(node) + (name === undefined ? 1 : 2); token < close;) {
    const type = readValueType(environment, text, token);
    types.push(type.bytes);
    token = type.next;
  }
  return { name, types };
}

export interface TypeUse {
  /** Index in the type section; `undefined` where the use is empty. */
  readonly index: number | undefined;
  /** Spelled out beside or instead of the index. */
  readonly type: FunctionType;
  /** Tokens of the parameters' names. */
  readonly paramNames: readonly (number | undefined)[];
}

/** The `(type x)`, `(param ...)` and `(result ...)` directly inside a node. */
export function readTypeUse(environment: ModuleEnvironment, text: FieldText, node: number): TypeUse {
  const { field } = text;
  let index: number | undefined;
  const params: (readonly number[])[] = [];
  const results: (readonly number[])[] = [];
  const paramNames: (number | undefined)[] = [];
  const end = field.nodeEnd(node);
  for (let child = node + 1; child < end; child = field.nodeEnd(child)) {
    const kind = field.kindOf(child);
    if (kind === Node.typeUse) index = environment.resolve(text, field.wordToken(child) + 1, environment.types);
    else if (kind === Node.param) {
      const { name, types } = readTypeList(environment, text, child);
      for (const type of types) {
        params.push(type);
        paramNames.push(name);
      }
    } else if (kind === Node.result) for (const type of readTypeList(environment, text, child).types) results.push(type);
    else if (kind !== Node.inlineExport && kind !== Node.inlineImport) break;
  }
  return { index, type: { params, results }, paramNames };
}

/** The type index of a use that must have one: a function's, an import's, a tag's, an indirect call's. */
export function typeIndexOf(environment: ModuleEnvironment, use: TypeUse): number {
  return use.index ?? environment.functionTypes.use(use.type);
}

/** Adds what a `type` or `rec` field defines to the type section. */
export function encodeTypeField(environment: ModuleEnvironment, text: FieldText, firstIndex: number): void {
  const { field } = text;
  const isGroup = field.kind === Node.recField;
  const definitions = isGroup ? field.children(0).filter((child) => field.kindOf(child) === Node.typeDefinition) : [0];
  const writer = new ByteWriter(32);
  if (isGroup && definitions.length !== 1) {
    writer.u8(0x4e);
    writer.uleb(definitions.length);
  }
  const types = definitions.map((node, at) => writeDefinition(environment, text, node, firstIndex + at, writer));
  const bytes = writer.finish();
  // A use without `(type x)` means a final type that stands alone and extends nothing: the one that is written as the bare function type.
  environment.functionTypes.define(bytes, types, bytes[0] === 0x60);
}

/** Writes one definition; gives its function type, if it is one. */
function writeDefinition(
  environment: ModuleEnvironment,
  text: FieldText,
  node: number,
  index: number,
  writer: ByteWriter,
): FunctionType | undefined {
  const { field } = text;
  const subType = field.childOf(node, Node.subType);
  if (subType !== undefined) {
    let token = field.wordToken(subType) + 1;
    const isFinal = field.tags[token] === Word.final;
    if (isFinal) token++;
    const parents: number[] = [];
    for (; isIndex(field.tags[token]); token++) parents.push(environment.resolve(text, token, environment.types));
    // A final type without a parent has the short form.
    if (!isFinal || parents.length > 0) {
      writer.u8(isFinal ? 0x4f : 0x50);
      writer.uleb(parents.length);
      for (const parent of parents) writer.uleb(parent);
    }
  }
  const composite = field.children(subType ?? node)[0];
  if (composite === undefined) return undefined;
  return writeComposite(environment, text, composite, index, writer);
}

function writeComposite(
  environment: ModuleEnvironment,
  text: FieldText,
  node: number,
  index: number,
  writer: ByteWriter,
): FunctionType | undefined {
  const { field } = text;
  switch (field.kindOf(node)) {
    case Node.funcType: {
      const { type } = readTypeUse(environment, text, node);
      writeFunctionType(writer, type);
      return type;
    }
    case Node.structType:
      writer.u8(0x5f);
      writeStructFields(environment, text, node, index, writer);
      return undefined;
    case Node.arrayType:
      writer.u8(0x5e);
      writeStorage(environment, text, field.wordToken(node) + 1, writer);
      return undefined;
    case Node.contType:
      writer.u8(0x5d);
      writer.sleb(environment.resolve(text, field.wordToken(node) + 1, environment.types));
      return undefined;
    default:
      environment.report(text, field.firstToken(node), field.endToken(node) - 1, "expected `(func ...)`, `(struct ...)` or `(array ...)`");
      return undefined;
  }
}

function writeStructFields(environment: ModuleEnvironment, text: FieldText, node: number, index: number, writer: ByteWriter): void {
  const { field } = text;
  const names = new IndexSpace("field");
  environment.structFields.set(index, names);
  const contents = new ByteWriter(32);
  for (const child of field.children(node)) {
    let token = field.wordToken(child) + 1;
    let name: string | undefined;
    if (isName(field.tags[token])) name = text.nameOf(token++);
    for (const close = field.endToken(child) - 1; token < close;) {
      names.add(name);
      token = writeStorage(environment, text, token, contents);
    }
  }
  writer.uleb(names.count);
  writer.bytes(contents.finish());
}

/** A type that may be in `(mut ...)`, with the byte for that behind it; gives the token behind. */
export function writeStorage(environment: ModuleEnvironment, text: FieldText, token: number, writer: ByteWriter): number {
  const { tags } = text.field;
  const mutable = tags[token] === Token.leftParen && tags[token + 1] === Word.mut;
  const type = readValueType(environment, text, mutable ? token + 2 : token);
  writer.bytes(Uint8Array.from(type.bytes));
  writer.u8(mutable ? 1 : 0);
  return mutable ? type.next + 1 : type.next;
}
