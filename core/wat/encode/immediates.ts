import { ByteWriter } from "#core/bytes/writer.ts";
import type { Immediate, Instruction } from "#core/wasm/instructions.ts";
import type { FieldText } from "../field.ts";
import { floatBits, integerValue } from "../literal-number.ts";
import { Node } from "../node.ts";
import { Token, Word, wordOf } from "../token.ts";
import type { IndexSpace } from "./index-space.ts";
import type { LabelStack } from "./labels.ts";
import { isIndex, isName, smallNumber, type ModuleEnvironment } from "./module-environment.ts";
import { readHeapType, readTypeUse, readValueType, typeIndexOf } from "./types.ts";

/** What the instructions of one function or constant expression are encoded with. */
export interface ExpressionContext {
  readonly environment: ModuleEnvironment;
  readonly text: FieldText;
  /** Parameters and locals. */
  readonly locals: IndexSpace;
  readonly labels: LabelStack;
}

/** Instructions that write their two immediates in the opposite order of the text. */
const reversed = new Set(["call_indirect", "return_call_indirect", "memory.init", "table.init"]);

/**
 * Writes opcode and immediates of an instruction. `node` is its node, `token` the one behind its name.
 * Returns the token behind the last immediate that is a token; immediates in parentheses are nodes.
 */
export function writeInstruction(
  context: ExpressionContext,
  writer: ByteWriter,
  instruction: Instruction,
  node: number,
  token: number,
): number {
  const { name, opcode, immediates } = instruction;
  if (name === "select") return writeSelect(context, writer, node, token);
  if (name === "ref.test" || name === "ref.cast") return writeRefTest(context, writer, opcode[1]!, token);
  if (name.startsWith("br_on_cast")) return writeCastBranch(context, writer, instruction, token);
  writer.u8(opcode[0]);
  if (opcode[1] !== undefined) writer.uleb(opcode[1]);
  const reader = new ImmediateReader(context, instruction, node, token);
  if (reversed.has(name)) {
    const first = new ByteWriter(8);
    reader.write(first, immediates[0]!, immediates[1]);
    reader.write(writer, immediates[1]!, undefined);
    writer.bytes(first.finish());
  } else for (let at = 0; at < immediates.length; at++) reader.write(writer, immediates[at]!, immediates[at + 1]);
  if (name === "atomic.fence") writer.u8(0);
  return reader.token;
}

/** The type of a block: nothing, one value type, or the index of a function type. */
export function writeBlockType({ environment, text }: ExpressionContext, writer: ByteWriter, node: number): void {
  const use = readTypeUse(environment, text, node);
  const { params, results } = use.type;
  if (use.index === undefined && params.length === 0 && results.length <= 1) writer.bytes(Uint8Array.from(results[0] ?? [0x40]));
  else writer.sleb(typeIndexOf(environment, use));
}

/** `(catch $tag $label)` and its kin. Their labels are those around the `try_table`. */
export function writeCatches(context: ExpressionContext, writer: ByteWriter, node: number): void {
  const { field } = context.text;
  const clauses = field.children(node).filter((child) => field.kindOf(child) === Node.catchClause);
  writer.uleb(clauses.length);
  for (const clause of clauses) {
    const kind = ["catch", "catch_ref", "catch_all", "catch_all_ref"].indexOf(wordOf(field.wordTag(clause)) ?? "");
    const first = field.wordToken(clause) + 1;
    writer.u8(kind);
    if (kind < 2) writer.uleb(context.environment.resolve(context.text, first, context.environment.tags));
    writer.uleb(resolveLabel(context, kind < 2 ? first + 1 : first));
  }
}

function writeSelect({ environment, text }: ExpressionContext, writer: ByteWriter, node: number, token: number): number {
  const { type } = readTypeUse(environment, text, node);
  if (text.field.childOf(node, Node.result) === undefined) {
    writer.u8(0x1b);
    return token;
  }
  writer.u8(0x1c);
  writer.uleb(type.results.length);
  for (const result of type.results) writer.bytes(Uint8Array.from(result));
  return token;
}

interface ReferenceType {
  readonly nullable: boolean;
  readonly heapType: readonly number[];
  readonly next: number;
}

/** A reference type taken apart, for the instructions that keep its nullability elsewhere. */
function readReference({ environment, text }: ExpressionContext, token: number): ReferenceType {
  const { tags } = text.field;
  if (tags[token] !== Token.leftParen) {
    const type = readValueType(environment, text, token);
    return { nullable: true, heapType: type.bytes, next: type.next };
  }
  const nullable = tags[token + 2] === Word.null;
  const heap = token + (nullable ? 3 : 2);
  return { nullable, heapType: readHeapType(environment, text, heap), next: heap + 2 };
}

/** `code` is that of the row without `null`; the next one is with it. */
function writeRefTest(context: ExpressionContext, writer: ByteWriter, code: number, token: number): number {
  const type = readReference(context, token);
  writer.u8(0xfb);
  writer.uleb(code + (type.nullable ? 1 : 0));
  writer.bytes(Uint8Array.from(type.heapType));
  return type.next;
}

function writeCastBranch(context: ExpressionContext, writer: ByteWriter, { opcode }: Instruction, token: number): number {
  const label = resolveLabel(context, token);
  const from = readReference(context, token + 1);
  const to = readReference(context, from.next);
  writer.u8(0xfb);
  writer.uleb(opcode[1]!);
  writer.u8((from.nullable ? 1 : 0) | (to.nullable ? 2 : 0));
  writer.uleb(label);
  writer.bytes(Uint8Array.from(from.heapType));
  writer.bytes(Uint8Array.from(to.heapType));
  return to.next;
}

/** Depth of the block that a label token names. */
function resolveLabel({ environment, text, labels }: ExpressionContext, token: number): number {
  if (!isName(text.field.tags[token])) return environment.natural(text, token, 32);
  const depth = labels.depthOf(text.nameOf(token));
  if (depth !== undefined) return depth;
  environment.report(text, token, token, `no block around this is called ${text.tokenText(token)}`);
  return 0;
}

class ImmediateReader {
  token: number;
  readonly #context: ExpressionContext;
  readonly #instruction: Instruction;
  readonly #node: number;
  /** Type index that a `field` belongs to. */
  #type = 0;

  constructor(context: ExpressionContext, instruction: Instruction, node: number, token: number) {
    this.#context = context;
    this.#instruction = instruction;
    this.#node = node;
    this.token = token;
  }

  /** Writes one immediate. `next` is the one behind it in the instruction's list. */
  write(writer: ByteWriter, kind: Immediate, next: Immediate | undefined): void {
    const { environment, text } = this.#context;
    switch (kind) {
      case "local":
        return writer.uleb(this.#index(this.#context.locals));
      case "global":
        return writer.uleb(this.#index(environment.globals));
      case "func":
        return writer.uleb(this.#index(environment.functions));
      case "type":
        this.#type = this.#index(environment.types);
        return writer.uleb(this.#type);
      case "field":
        return writer.uleb(this.#field());
      case "tag":
        return writer.uleb(this.#index(environment.tags));
      case "elem":
        return writer.uleb(this.#index(environment.elements));
      case "data":
        environment.usesDataIndex = true;
        return writer.uleb(this.#index(environment.data));
      case "label":
        return writer.uleb(resolveLabel(this.#context, this.token++));
      case "labels":
        return this.#labels(writer);
      case "table":
        return writer.uleb(this.#optionalIndex(environment.tables, next));
      case "memory":
        return writer.uleb(this.#optionalIndex(environment.memories, next));
      case "type-use":
        return writer.uleb(typeIndexOf(environment, readTypeUse(environment, text, this.#node)));
      case "memarg":
        return this.#memoryArgument(writer, next === "lane");
      case "i32":
        return writer.sleb(this.#smallInteger() ?? BigInt.asIntN(32, this.#integer()));
      case "i64":
        return writer.sleb(this.#smallInteger() ?? BigInt.asIntN(64, this.#integer()));
      case "f32":
        return writer.u32(Number(this.#float(32)));
      case "f64":
        return writer.u64(this.#float(64));
      case "v128":
        return this.#vector(writer);
      case "lane":
        return writer.u8(environment.natural(text, this.token++, 8));
      case "lanes":
        for (let rest = 16; rest > 0; rest--) writer.u8(environment.natural(text, this.token++, 8));
        return;
      case "count":
        return writer.uleb(environment.natural(text, this.token++, 32));
      case "heap-type":
        return writer.bytes(Uint8Array.from(readHeapType(environment, text, this.token++)));
      case "block-type":
        return writeBlockType(this.#context, writer, this.#node);
      case "catches":
        return writeCatches(this.#context, writer, this.#node);
      case "handlers":
        return this.#handlers(writer);
      case "ref-type":
      case "result-types":
        // Their instructions put them into the opcode, and are written apart from this.
        return;
    }
  }

  get #tag(): number {
    return this.#context.text.field.tags[this.token] ?? Token.end;
  }

  #index(space: IndexSpace): number {
    return this.#context.environment.resolve(this.#context.text, this.token++, space);
  }

  #field(): number {
    const { environment, text } = this.#context;
    const names = environment.structFields.get(this.#type);
    if (names) return environment.resolve(text, this.token++, names);
    if (this.#tag === Token.natural) return environment.natural(text, this.token++, 32);
    environment.report(text, this.token, this.token, `type ${this.#type} has no fields`);
    return 0;
  }

  /** A table or memory that may be left out: then it is 0. */
  #optionalIndex(space: IndexSpace, next: Immediate | undefined): number {
    const { tags } = this.#context.text.field;
    // With a segment behind it, a lone index is the segment's.
    const needsTwo = next === "data" || next === "elem";
    const isGiven = isIndex(tags[this.token]) && (!needsTwo || isIndex(tags[this.token + 1]));
    return isGiven ? this.#index(space) : 0;
  }

  #labels(writer: ByteWriter): void {
    const depths: number[] = [];
    while (isIndex(this.#tag)) depths.push(resolveLabel(this.#context, this.token++));
    writer.uleb(Math.max(0, depths.length - 1));
    for (const depth of depths) writer.uleb(depth);
  }

  #memoryArgument(writer: ByteWriter, laneFollows: boolean): void {
    const { environment, text } = this.#context;
    const next = text.field.tags[this.token + 1];
    const isMemory = isIndex(this.#tag) && (!laneFollows || next === Token.natural || next === Token.offset || next === Token.align);
    const memory = isMemory ? this.#index(environment.memories) : 0;
    const offset = this.#tag === Token.offset ? shortestValue(text.tokenText(this.token++).slice("offset=".length)) : 0;
    const align =
      this.#tag === Token.align
        ? Number(text.tokenText(this.token++).slice("align=".length).replaceAll("_", ""))
        : this.#instruction.accessBytes;
    writer.uleb(Math.log2(align) + (memory === 0 ? 0 : 0x40));
    if (memory !== 0) writer.uleb(memory);
    writer.uleb(offset);
  }

  /** A short integer without `_` needs no bigint; of others, nothing is read. */
  #smallInteger(): number | undefined {
    const { text } = this.#context;
    if (this.#tag !== Token.natural && this.#tag !== Token.integer) return undefined;
    const value = smallNumber(text.tokenText(this.token));
    if (value !== undefined) this.token++;
    return value;
  }

  #integer(): bigint {
    const { environment, text } = this.#context;
    if (this.#tag === Token.natural || this.#tag === Token.integer) return integerValue(text.tokenText(this.token++));
    environment.report(text, this.token, this.token, "expected an integer");
    return 0n;
  }

  #float(width: 32 | 64): bigint {
    const { environment, text } = this.#context;
    const isNumber = this.#tag === Token.natural || this.#tag === Token.integer || this.#tag === Token.float;
    const bits = isNumber ? floatBits(text.tokenText(this.token), width) : undefined;
    if (bits === undefined) environment.report(text, this.token, this.token, `expected a number that fits f${width}`);
    this.token++;
    return bits ?? 0n;
  }

  #vector(writer: ByteWriter): void {
    const shape = wordOf(this.#tag) ?? "";
    this.token++;
    const width = Number(/^[if](\d+)x/.exec(shape)?.[1] ?? 128);
    for (let rest = 128 / width; rest > 0; rest--) {
      if (shape.startsWith("f")) writeBits(writer, this.#float(width === 32 ? 32 : 64), width);
      else writeBits(writer, BigInt.asUintN(width, this.#integer()), width);
    }
  }

  #handlers(writer: ByteWriter): void {
    const { environment, text } = this.#context;
    const { field } = text;
    const handlers = field.children(this.#node).filter((child) => field.kindOf(child) === Node.handler);
    writer.uleb(handlers.length);
    for (const handler of handlers) {
      const tag = field.wordToken(handler) + 1;
      const switches = wordOf(field.tags[tag + 1]!) === "switch";
      writer.u8(switches ? 1 : 0);
      writer.uleb(environment.resolve(text, tag, environment.tags));
      if (!switches) writer.uleb(resolveLabel(this.#context, tag + 1));
    }
  }
}

/** The low `width` bits, little-endian. */
/** A natural number, as a bigint only where it is long. */
function shortestValue(written: string): number | bigint {
  return smallNumber(written) ?? integerValue(written);
}

function writeBits(writer: ByteWriter, bits: bigint, width: number): void {
  for (let shift = 0; shift < width; shift += 8) writer.u8(Number((bits >> BigInt(shift)) & 0xffn));
}
