import { ByteError, type ByteReader } from "#core/bytes/reader.ts";
import { boundedCount } from "../instruction-cursor.ts";
import { readValueType, type TypeText } from "../value-types.ts";

/** An entry of the type index space. */
export type TypeEntry =
  | { readonly kind: "func"; readonly params: readonly TypeText[]; readonly results: readonly TypeText[] }
  | { readonly kind: "struct"; readonly fields: readonly FieldType[] }
  | { readonly kind: "array"; readonly element: FieldType }
  | { readonly kind: "cont"; readonly type: number };

export interface FieldType {
  readonly type: TypeText;
  readonly mutable: boolean;
}

/** One entry of the type section, which holds several types where it is a recursion group. Source: WebAssembly 3.0, 5.3.10 to 5.3.12. */
export function readRecursionGroup(reader: ByteReader): readonly TypeEntry[] {
  if (reader.bytes[reader.position] !== 0x4e) return [readSubType(reader)];
  reader.skip(1);
  return Array.from({ length: boundedCount(reader) }, () => readSubType(reader));
}

function readSubType(reader: ByteReader): TypeEntry {
  const first = reader.bytes[reader.position];
  if (first === 0x50 || first === 0x4f) {
    reader.skip(1);
    for (let rest = boundedCount(reader); rest > 0; rest--) reader.uleb();
  }
  const at = reader.position;
  const form = reader.u8();
  if (form === 0x60) return { kind: "func", params: readTypes(reader), results: readTypes(reader) };
  if (form === 0x5f) return { kind: "struct", fields: Array.from({ length: boundedCount(reader) }, () => readField(reader)) };
  if (form === 0x5e) return { kind: "array", element: readField(reader) };
  if (form === 0x5d) return { kind: "cont", type: reader.sleb() };
  throw new ByteError(`0x${form.toString(16)} is not a form of type`, at);
}

function readTypes(reader: ByteReader): readonly TypeText[] {
  return Array.from({ length: boundedCount(reader) }, () => readValueType(reader));
}

function readField(reader: ByteReader): FieldType {
  return { type: readValueType(reader), mutable: reader.u8() === 1 };
}
