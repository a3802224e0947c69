import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { isOpcodePrefix, lookupOpcode, type BinaryImmediate, type Instruction } from "./instructions.ts";
import { moduleOffset, type ModuleOffset, type ModuleRange } from "./offsets.ts";
import { readHeapType, readValueType } from "./value-types.ts";

/**
 * Walks over the instructions of a function body or constant expression, one at a time, without a tree.
 * It knows the bounds of each instruction; whoever wants the immediates reads them from `immediates`.
 */
export class InstructionCursor {
  readonly #reader: ByteReader;
  #offset: ModuleOffset;
  #immediates: ModuleOffset;
  #instruction: Instruction | undefined;

  /** `range` starts at an instruction, behind the local declarations. */
  constructor(bytes: Uint8Array, range: ModuleRange) {
    this.#reader = new ByteReader(bytes, range.start, range.end);
    this.#offset = range.start;
    this.#immediates = range.start;
  }

  /** The current instruction; `undefined` before the first {@link next}. */
  get instruction(): Instruction | undefined {
    return this.#instruction;
  }

  /** Of the current instruction's opcode. */
  get offset(): ModuleOffset {
    return this.#offset;
  }

  /** Of the first byte behind the opcode. */
  get immediates(): ModuleOffset {
    return this.#immediates;
  }

  /** Of the byte behind the current instruction. */
  get end(): ModuleOffset {
    return moduleOffset(this.#reader.position);
  }

  /** Goes to the next instruction; `undefined` at the end of the range. Throws {@link ByteError} on an unknown opcode or a cut-off instruction. */
  next(): Instruction | undefined {
    const reader = this.#reader;
    if (reader.atEnd) return undefined;
    this.#offset = moduleOffset(reader.position);
    const first = reader.u8();
    const code = isOpcodePrefix(first) ? reader.uleb() : undefined;
    const instruction = lookupOpcode(first, code);
    if (!instruction) throw new ByteError(`unknown opcode 0x${first.toString(16)}${code === undefined ? "" : ` ${code}`}`, this.#offset);
    this.#immediates = moduleOffset(reader.position);
    for (const kind of instruction.binary) skipImmediate(reader, kind);
    this.#instruction = instruction;
    return instruction;
  }
}

/** Moves `reader` behind one immediate. Source: WebAssembly 3.0, 5.4 "Instructions". */
function skipImmediate(reader: ByteReader, kind: BinaryImmediate): void {
  switch (kind) {
    case "block-type":
      skipBlockType(reader);
      return;
    case "memarg":
      if (reader.uleb() & 0x40) reader.uleb();
      reader.skipLeb();
      return;
    case "i32":
    case "i64":
      reader.skipLeb();
      return;
    case "f32":
      reader.skip(4);
      return;
    case "f64":
      reader.skip(8);
      return;
    case "v128":
    case "lanes":
      reader.skip(16);
      return;
    case "lane":
    case "zero":
    case "cast-flags":
      reader.skip(1);
      return;
    case "labels":
      for (let rest = boundedCount(reader) + 1; rest > 0; rest--) reader.uleb();
      return;
    case "result-types":
      for (let rest = boundedCount(reader); rest > 0; rest--) readValueType(reader);
      return;
    case "heap-type":
      readHeapType(reader);
      return;
    case "catches":
      // `catch` and `catch_ref` have a tag before the label.
      for (let rest = boundedCount(reader); rest > 0; rest--) skipIndices(reader, reader.u8() < 2 ? 2 : 1);
      return;
    case "handlers":
      // `(on tag label)`, or `(on tag switch)`.
      for (let rest = boundedCount(reader); rest > 0; rest--) skipIndices(reader, reader.u8() === 0 ? 2 : 1);
      return;
    case "label":
    case "func":
    case "type":
    case "local":
    case "global":
    case "table":
    case "memory":
    case "tag":
    case "data":
    case "elem":
    case "field":
    case "count":
      reader.uleb();
      return;
  }
}

/** A count of entries that take at least a byte each; a larger one is damage, and is not worth a loop. */
export function boundedCount(reader: ByteReader): number {
  const at = reader.position;
  const count = reader.uleb();
  if (count > reader.remaining) throw new ByteError(`${count} entries do not fit into the ${reader.remaining} bytes that are left`, at);
  return count;
}

function skipIndices(reader: ByteReader, count: number): void {
  for (let rest = count; rest > 0; rest--) reader.uleb();
}

function skipBlockType(reader: ByteReader): void {
  const first = reader.bytes[reader.position];
  if (first === 0x40) reader.skip(1);
  // A type index is a non-negative number of 33 bits; value types are its negative numbers of one byte.
  else if (first !== undefined && (first & 0xc0) === 0x40) readValueType(reader);
  else reader.sleb();
}
