import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { ModuleRange } from "../offsets.ts";

/** What made the module, by field: `language`, `processed-by`, `sdk`. */
export type Producers = ReadonlyMap<string, readonly { readonly name: string; readonly version: string }[]>;

/** Source: tool conventions, ProducersSection.md. What stands before damage is kept. */
export function readProducers(bytes: Uint8Array, range: ModuleRange | undefined): Producers {
  const producers = new Map<string, { name: string; version: string }[]>();
  if (!range) return producers;
  const reader = new ByteReader(bytes, range.start, range.end);
  try {
    for (let fields = reader.uleb(); fields > 0; fields--) {
      const values: { name: string; version: string }[] = [];
      producers.set(reader.name(), values);
      for (let rest = reader.uleb(); rest > 0; rest--) values.push({ name: reader.name(), version: reader.name() });
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return producers;
}
