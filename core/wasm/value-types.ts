import { ByteError, type ByteReader } from "#core/bytes/reader.ts";

/** A value, reference, heap or storage type as the text format spells it, such as `i32`, `funcref`, `(ref null 3)`. */
export type TypeText = string;

/** Abstract heap types. Source: WebAssembly 3.0, 5.3.3 "Heap Types"; `cont` and `nocont`: stack switching proposal. */
export const heapTypeCodes: Readonly<Record<string, number>> = {
  nocont: 0x75,
  noexn: 0x74,
  nofunc: 0x73,
  noextern: 0x72,
  none: 0x71,
  func: 0x70,
  extern: 0x6f,
  any: 0x6e,
  eq: 0x6d,
  i31: 0x6c,
  struct: 0x6b,
  array: 0x6a,
  exn: 0x69,
  cont: 0x68,
};

/** Types of one byte. A reference type's short form is `(ref null heap type)`. Source: WebAssembly 3.0, 5.3 "Types". */
export const valueTypeCodes: Readonly<Record<string, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  i8: 0x78,
  i16: 0x77,
  nullcontref: 0x75,
  nullexnref: 0x74,
  nullfuncref: 0x73,
  nullexternref: 0x72,
  nullref: 0x71,
  funcref: 0x70,
  externref: 0x6f,
  anyref: 0x6e,
  eqref: 0x6d,
  i31ref: 0x6c,
  structref: 0x6b,
  arrayref: 0x6a,
  exnref: 0x69,
  contref: 0x68,
};

const heapTypeNames = new Map(Object.entries(heapTypeCodes).map(([name, code]) => [code, name]));
const valueTypeNames = new Map(Object.entries(valueTypeCodes).map(([name, code]) => [code, name]));

/** Reads a value type, also a packed one of a field. Throws {@link ByteError} where there is none. */
export function readValueType(reader: ByteReader): TypeText {
  const at = reader.position;
  const code = reader.u8();
  if (code === 0x64) return `(ref ${readHeapType(reader)})`;
  if (code === 0x63) return `(ref null ${readHeapType(reader)})`;
  const name = valueTypeNames.get(code);
  if (name === undefined) throw new ByteError(`0x${code.toString(16)} is not a value type`, at);
  return name;
}

/** Reads an abstract heap type or a type index. */
export function readHeapType(reader: ByteReader): string {
  const at = reader.position;
  const value = reader.sleb();
  if (value >= 0) return String(value);
  const name = heapTypeNames.get(value & 0x7f);
  if (name === undefined || value < -64) throw new ByteError("not a heap type", at);
  return name;
}
