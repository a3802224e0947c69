import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { ModuleRange } from "../offsets.ts";

/** Index to name. */
export type NameMap = ReadonlyMap<number, string>;
/** Index of the outer thing (function, type) to the names inside of it. */
export type IndirectNameMap = ReadonlyMap<number, NameMap>;

/** The contents of the `name` section. What it does not hold is empty. */
export interface ModuleNames {
  readonly module: string | undefined;
  readonly functions: NameMap;
  readonly locals: IndirectNameMap;
  readonly labels: IndirectNameMap;
  readonly types: NameMap;
  readonly tables: NameMap;
  readonly memories: NameMap;
  readonly globals: NameMap;
  readonly elements: NameMap;
  readonly data: NameMap;
  readonly fields: IndirectNameMap;
  readonly tags: NameMap;
}

/** Ids of the subsections. Source: WebAssembly 3.0, 7.4.1 "Name Section"; 3 to 9 and 11: extended name section proposal. */
export const nameSubsections = {
  module: 0,
  functions: 1,
  locals: 2,
  labels: 3,
  types: 4,
  tables: 5,
  memories: 6,
  globals: 7,
  elements: 8,
  data: 9,
  fields: 10,
  tags: 11,
} as const;

type NameKind = keyof typeof nameSubsections;
const kindsById = new Map<number, NameKind>(Object.entries(nameSubsections).map(([kind, id]) => [id, kind as NameKind]));

/** Reads the name section at `range`. Damage ends it: engines ignore a broken name section, so the names before the damage are kept. */
export function readNames(bytes: Uint8Array, range: ModuleRange | undefined): ModuleNames {
  const flat = {
    functions: newMap(),
    types: newMap(),
    tables: newMap(),
    memories: newMap(),
    globals: newMap(),
    elements: newMap(),
    data: newMap(),
    tags: newMap(),
  };
  const indirect = { locals: newIndirectMap(), labels: newIndirectMap(), fields: newIndirectMap() };
  let module: string | undefined;
  if (!range) return { module, ...flat, ...indirect };
  const reader = new ByteReader(bytes, range.start, range.end);
  try {
    while (!reader.atEnd) {
      const id = reader.u8();
      const size = reader.uleb();
      const part = new ByteReader(bytes, reader.position, reader.position + Math.min(size, reader.remaining));
      const kind = kindsById.get(id);
      if (kind === "module") module = part.name();
      else if (kind === "locals" || kind === "labels" || kind === "fields") readIndirectNameMap(part, indirect[kind]);
      else if (kind !== undefined) readNameMap(part, flat[kind]);
      reader.skip(size);
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return { module, ...flat, ...indirect };
}

function readNameMap(reader: ByteReader, into: Map<number, string>): void {
  for (let rest = reader.uleb(); rest > 0; rest--) into.set(reader.uleb(), reader.name());
}

function readIndirectNameMap(reader: ByteReader, into: Map<number, NameMap>): void {
  for (let rest = reader.uleb(); rest > 0; rest--) {
    const names = newMap();
    into.set(reader.uleb(), names);
    readNameMap(reader, names);
  }
}

function newMap(): Map<number, string> {
  return new Map();
}

function newIndirectMap(): Map<number, NameMap> {
  return new Map();
}
