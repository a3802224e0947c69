import { ByteError, type ByteReader } from "#core/bytes/reader.ts";
import { readGlobalType, readLimits, readTableType, readTagType, type GlobalType, type Limits, type TableType } from "./external-types.ts";

/** What is imported. */
export type ExternalType =
  | { readonly kind: "func"; readonly typeIndex: number }
  | { readonly kind: "table"; readonly type: TableType }
  | { readonly kind: "memory"; readonly type: Limits }
  | { readonly kind: "global"; readonly type: GlobalType }
  | { readonly kind: "tag"; readonly typeIndex: number };

export interface ImportEntry {
  readonly module: string;
  readonly name: string;
  readonly type: ExternalType;
}

/** Source: WebAssembly 3.0, 5.5.5 "Import Section". */
export function readImport(reader: ByteReader): ImportEntry {
  return { module: reader.name(), name: reader.name(), type: readExternalType(reader) };
}

function readExternalType(reader: ByteReader): ExternalType {
  const at = reader.position;
  const kind = reader.u8();
  if (kind === 0) return { kind: "func", typeIndex: reader.uleb() };
  if (kind === 1) return { kind: "table", type: readTableType(reader) };
  if (kind === 2) return { kind: "memory", type: readLimits(reader) };
  if (kind === 3) return { kind: "global", type: readGlobalType(reader) };
  if (kind === 4) return { kind: "tag", typeIndex: readTagType(reader) };
  throw new ByteError(`${kind} is not a kind of import`, at);
}
