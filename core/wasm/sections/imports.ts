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

/** Bytes behind an empty name that say how several imports of one module are written. Source: compact import section proposal. */
export const compactImports = { typeEach: 0x7f, typeOfAll: 0x7e } as const;

/** One entry, which has several imports in the compact forms. Source: WebAssembly 3.0, 5.5.5 "Import Section"; compact import section proposal. */
export function readImports(reader: ByteReader): ImportEntry[] {
  const module = reader.name();
  const name = reader.name();
  const form = name === "" ? reader.bytes[reader.position] : undefined;
  if (form !== compactImports.typeEach && form !== compactImports.typeOfAll) return [{ module, name, type: readExternalType(reader) }];
  reader.skip(1);
  const shared = form === compactImports.typeOfAll ? readExternalType(reader) : undefined;
  const found: ImportEntry[] = [];
  for (let rest = reader.uleb(); rest > 0; rest--) found.push({ module, name: reader.name(), type: shared ?? readExternalType(reader) });
  return found;
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
