import { ByteError, type ByteReader } from "#core/bytes/reader.ts";

/** What can be exported; its place is the byte that stands for it. */
export const exportKinds = ["func", "table", "memory", "global", "tag"] as const;
export type ExportKind = (typeof exportKinds)[number];

export interface ExportEntry {
  readonly name: string;
  readonly kind: ExportKind;
  readonly index: number;
}

/** Source: WebAssembly 3.0, 5.5.10 "Export Section". */
export function readExport(reader: ByteReader): ExportEntry {
  const name = reader.name();
  const at = reader.position;
  const kind = exportKinds[reader.u8()];
  if (!kind) throw new ByteError("not a kind of export", at);
  return { name, kind, index: reader.uleb() };
}
