import { ByteError, type ByteReader } from "#core/bytes/reader.ts";
import { boundedCount, InstructionCursor } from "../instruction-cursor.ts";
import { moduleOffset, type ModuleRange } from "../offsets.ts";
import { readTableType, type TableType } from "./external-types.ts";
import { readValueType, type TypeText } from "../value-types.ts";

export type SegmentMode = "active" | "passive" | "declarative";

export interface ElementSegment {
  readonly mode: SegmentMode;
  /** Of an active segment. */
  readonly table: number;
  /** Code of the offset of an active segment, with its `end`. */
  readonly offset: ModuleRange | undefined;
  readonly type: TypeText;
  readonly count: number;
}

export interface DataSegment {
  readonly mode: SegmentMode;
  /** Of an active segment. */
  readonly memory: number;
  readonly offset: ModuleRange | undefined;
  readonly contents: ModuleRange;
}

export interface TableEntry {
  readonly type: TableType;
  /** Code of the value that all elements start with. */
  readonly initial: ModuleRange | undefined;
}

/** Moves `reader` behind the `end` of a constant expression. */
export function readConstantExpression(reader: ByteReader): ModuleRange {
  const start = moduleOffset(reader.position);
  // `i32.const` or `i64.const` and `end`: the offsets of tens of thousands of segments are nothing else.
  const first = reader.bytes[start];
  if (first === 0x41 || first === 0x42) {
    reader.skip(1);
    reader.skipLeb();
    if (reader.position < reader.end && reader.bytes[reader.position] === 0x0b) {
      reader.skip(1);
      return { start, end: moduleOffset(reader.position) };
    }
    reader.position = start;
  }
  const cursor = new InstructionCursor(reader.bytes, { start, end: moduleOffset(reader.end) });
  for (;;) {
    const instruction = cursor.next();
    if (!instruction) throw new ByteError("a constant expression has no end", start);
    if (instruction.name !== "end") continue;
    reader.position = cursor.end;
    return { start, end: cursor.end };
  }
}

/** Source: WebAssembly 3.0, 5.5.7 "Table Section". */
export function readTable(reader: ByteReader): TableEntry {
  if (reader.bytes[reader.position] !== 0x40) return { type: readTableType(reader), initial: undefined };
  reader.skip(2);
  return { type: readTableType(reader), initial: readConstantExpression(reader) };
}

/** Source: WebAssembly 3.0, 5.5.12 "Element Section": bit 0 passive or declarative, bit 1 table or declarative, bit 2 expressions. */
export function readElementSegment(reader: ByteReader): ElementSegment {
  const at = reader.position;
  const flags = reader.uleb();
  if (flags > 7) throw new ByteError(`${flags} is not a form of element segment`, at);
  const mode = flags & 1 ? (flags & 2 ? "declarative" : "passive") : "active";
  const table = mode === "active" && flags & 2 ? reader.uleb() : 0;
  const offset = mode === "active" ? readConstantExpression(reader) : undefined;
  const expressions = (flags & 4) !== 0;
  const type = (flags & 3) === 0 ? "funcref" : expressions ? readValueType(reader) : (reader.skip(1), "funcref");
  const count = boundedCount(reader);
  for (let rest = count; rest > 0; rest--) {
    if (expressions) readConstantExpression(reader);
    else reader.uleb();
  }
  return { mode, table, offset, type, count };
}

/** Source: WebAssembly 3.0, 5.5.14 "Data Section". */
export function readDataSegment(reader: ByteReader): DataSegment {
  const at = reader.position;
  const flags = reader.uleb();
  if (flags > 2) throw new ByteError(`${flags} is not a form of data segment`, at);
  const memory = flags === 2 ? reader.uleb() : 0;
  const offset = flags === 1 ? undefined : readConstantExpression(reader);
  const length = reader.uleb();
  const start = reader.position;
  reader.skip(length);
  return {
    mode: flags === 1 ? "passive" : "active",
    memory,
    offset,
    contents: { start: moduleOffset(start), end: moduleOffset(reader.position) },
  };
}
