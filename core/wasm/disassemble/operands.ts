import type { ByteReader } from "#core/bytes/reader.ts";
import { identifier } from "../identifier.ts";
import { boundedCount } from "../instruction-cursor.ts";
import type { BinaryImmediate, Instruction } from "../instructions.ts";
import type { WasmModule } from "../module.ts";
import type { FunctionIndex } from "../offsets.ts";
import type { NameMap } from "../sections/names.ts";
import { readHeapType, readValueType } from "../value-types.ts";
import { f32Text, f64Text } from "./numbers.ts";

/** What the operands of one function refer to. */
export interface OperandContext {
  readonly module: Pick<WasmModule, "names" | "functions">;
  readonly index: FunctionIndex;
  /** How a branch to the label that is `depth` blocks out reads. */
  label(depth: number): string;
}

/** The immediates of an instruction as the text format writes them. `reader` stands behind the opcode. */
export function operandTexts(reader: ByteReader, instruction: Instruction, context: OperandContext): string[] {
  const { name, opcode } = instruction;
  if (name === "ref.test" || name === "ref.cast") return [refType(opcode[1] === 0x15 || opcode[1] === 0x17, readHeapType(reader))];
  if (name.startsWith("br_on_cast")) return castOperands(reader, context);
  const texts = instruction.binary.map((kind) => operandText(reader, kind, instruction, context));
  if (name === "call_indirect" || name === "return_call_indirect") return [texts[1]!, `(type ${texts[0]!})`].filter((text) => text !== "0");
  // Both are there or none; the segment's index comes last in text.
  if (name === "memory.copy" || name === "table.copy") return texts.every((text) => text === "0") ? [] : texts;
  if (name === "memory.init" || name === "table.init") return [texts[1]!, texts[0]!].filter((text, at) => at > 0 || text !== "0");
  const omitted = instruction.binary.map((kind) => kind === "memory" || kind === "table");
  return texts.filter((text, at) => text !== "" && !(omitted[at]! && text === "0"));
}

function castOperands(reader: ByteReader, context: OperandContext): string[] {
  const flags = reader.u8();
  const label = context.label(reader.uleb());
  return [label, refType((flags & 1) !== 0, readHeapType(reader)), refType((flags & 2) !== 0, readHeapType(reader))];
}

function refType(nullable: boolean, heapType: string): string {
  return `(ref ${nullable ? "null " : ""}${heapType})`;
}

function operandText(reader: ByteReader, kind: BinaryImmediate, instruction: Instruction, context: OperandContext): string {
  const names = context.module.names();
  switch (kind) {
    case "block-type":
      return blockTypeText(reader);
    case "label":
      return context.label(reader.uleb());
    case "labels":
      return Array.from({ length: boundedCount(reader) + 1 }, () => context.label(reader.uleb())).join(" ");
    case "func":
      return functionText(reader.uleb(), context);
    case "local":
      return indexText(reader.uleb(), names.locals.get(context.index));
    case "global":
      return indexText(reader.uleb(), names.globals);
    case "table":
      return indexText(reader.uleb(), names.tables);
    case "memory":
      return indexText(reader.uleb(), names.memories);
    case "type":
      return indexText(reader.uleb(), names.types);
    case "tag":
      return indexText(reader.uleb(), names.tags);
    case "data":
      return indexText(reader.uleb(), names.data);
    case "elem":
      return indexText(reader.uleb(), names.elements);
    case "memarg":
      return memoryArgumentText(reader, instruction, names.memories);
    case "i32":
    case "i64":
      return String(reader.sleb64());
    case "f32":
      return f32Text(reader);
    case "f64":
      return f64Text(reader);
    case "v128":
      return `i32x4 ${Array.from({ length: 4 }, () => `0x${reader.u32().toString(16).padStart(8, "0")}`).join(" ")}`;
    case "lane":
      return String(reader.u8());
    case "lanes":
      return Array.from({ length: 16 }, () => reader.u8()).join(" ");
    case "field":
    case "count":
      return String(reader.uleb());
    case "heap-type":
      return readHeapType(reader);
    case "result-types":
      return `(result ${Array.from({ length: boundedCount(reader) }, () => readValueType(reader)).join(" ")})`;
    case "catches":
      return Array.from({ length: boundedCount(reader) }, () => catchText(reader, context)).join(" ");
    case "handlers":
      return Array.from({ length: boundedCount(reader) }, () => handlerText(reader, context)).join(" ");
    case "zero":
    case "cast-flags":
      reader.skip(1);
      return "";
  }
}

function indexText(index: number, names: NameMap | undefined): string {
  const name = names?.get(index);
  return name === undefined ? String(index) : identifier(name);
}

/** Calls of nameless imports tell what is called, as they are the calls that leave the module. */
function functionText(index: number, { module }: OperandContext): string {
  const name = module.names().functions.get(index);
  if (name !== undefined) return identifier(name);
  const imported = module.functions[index]?.import;
  return imported ? `${index} (;${commentText(`${imported.module}.${imported.name}`)};)` : String(index);
}

/** Text that cannot end a block comment. */
function commentText(text: string): string {
  return text.replace(/[;\p{Cc}]/gu, "?");
}

function memoryArgumentText(reader: ByteReader, { accessBytes }: Instruction, memories: NameMap): string {
  const flags = reader.uleb();
  const memory = flags & 0x40 ? indexText(reader.uleb(), memories) : "0";
  const offset = reader.uleb64();
  const align = 2 ** (flags & 0x3f);
  return [memory === "0" ? "" : memory, offset === 0n ? "" : `offset=${offset}`, align === accessBytes ? "" : `align=${align}`]
    .filter((text) => text !== "")
    .join(" ");
}

function blockTypeText(reader: ByteReader): string {
  const first = reader.bytes[reader.position];
  if (first === 0x40) {
    reader.skip(1);
    return "";
  }
  if (first !== undefined && (first & 0xc0) === 0x40) return `(result ${readValueType(reader)})`;
  return `(type ${reader.sleb()})`;
}

const catchNames = ["catch", "catch_ref", "catch_all", "catch_all_ref"];

function catchText(reader: ByteReader, context: OperandContext): string {
  const kind = reader.u8();
  const tag = kind < 2 ? ` ${indexText(reader.uleb(), context.module.names().tags)}` : "";
  return `(${catchNames[kind] ?? "catch_unknown"}${tag} ${context.label(reader.uleb())})`;
}

function handlerText(reader: ByteReader, context: OperandContext): string {
  const kind = reader.u8();
  const tag = indexText(reader.uleb(), context.module.names().tags);
  return kind === 0 ? `(on ${tag} ${context.label(reader.uleb())})` : `(on ${tag} switch)`;
}
