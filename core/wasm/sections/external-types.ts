import { ByteError, type ByteReader } from "#core/bytes/reader.ts";
import { readValueType, type TypeText } from "../value-types.ts";

export interface Limits {
  readonly min: bigint;
  readonly max: bigint | undefined;
  readonly addressType: "i32" | "i64";
  readonly shared: boolean;
  /** Logarithm of the page size of a memory: 16, or what the custom page sizes proposal allows. */
  readonly pageSizeLog2: number;
}

export interface TableType {
  readonly element: TypeText;
  readonly limits: Limits;
}

export interface GlobalType {
  readonly type: TypeText;
  readonly mutable: boolean;
}

/** Source: WebAssembly 3.0, 5.3.13; bit 1 (shared): threads proposal; bit 3 (page size): custom page sizes proposal. */
export function readLimits(reader: ByteReader): Limits {
  const at = reader.position;
  const flags = reader.u8();
  if (flags > 0x0f) throw new ByteError(`0x${flags.toString(16)} are not flags of limits`, at);
  const min = reader.uleb64();
  const max = flags & 1 ? reader.uleb64() : undefined;
  const pageSizeLog2 = flags & 8 ? reader.uleb() : 16;
  return { min, max, addressType: flags & 4 ? "i64" : "i32", shared: (flags & 2) !== 0, pageSizeLog2 };
}

export function readTableType(reader: ByteReader): TableType {
  return { element: readValueType(reader), limits: readLimits(reader) };
}

export function readGlobalType(reader: ByteReader): GlobalType {
  return { type: readValueType(reader), mutable: reader.u8() === 1 };
}

/** The type index of a tag, behind its attribute byte. */
export function readTagType(reader: ByteReader): number {
  reader.skip(1);
  return reader.uleb();
}
