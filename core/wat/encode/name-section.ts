import { ByteWriter } from "#core/bytes/writer.ts";
import { nameSubsections } from "#core/wasm/sections/names.ts";
import type { ModuleEnvironment } from "./module-environment.ts";

type Names = ReadonlyMap<number, string>;

/** Names that are not those of an index space: of the module, and inside of functions and struct types. */
export interface InnerNames {
  readonly module: string | undefined;
  /** By function index; parameters included. */
  readonly locals: ReadonlyMap<number, Names>;
  readonly labels: ReadonlyMap<number, Names>;
}

/** Contents of the `name` section behind its own name; empty where nothing is named. */
export function encodeNames(environment: ModuleEnvironment, inner: InnerNames): Uint8Array {
  const writer = new ByteWriter();
  if (inner.module !== undefined) {
    const part = new ByteWriter();
    part.name(inner.module);
    subsection(writer, nameSubsections.module, part);
  }
  const fields = new Map(Array.from(environment.structFields, ([index, space]): [number, Names] => [index, space.namesByIndex()]));
  nameMap(writer, nameSubsections.functions, environment.functions.namesByIndex());
  indirectMap(writer, nameSubsections.locals, inner.locals);
  indirectMap(writer, nameSubsections.labels, inner.labels);
  nameMap(writer, nameSubsections.types, environment.types.namesByIndex());
  nameMap(writer, nameSubsections.tables, environment.tables.namesByIndex());
  nameMap(writer, nameSubsections.memories, environment.memories.namesByIndex());
  nameMap(writer, nameSubsections.globals, environment.globals.namesByIndex());
  nameMap(writer, nameSubsections.elements, environment.elements.namesByIndex());
  nameMap(writer, nameSubsections.data, environment.data.namesByIndex());
  indirectMap(writer, nameSubsections.fields, fields);
  nameMap(writer, nameSubsections.tags, environment.tags.namesByIndex());
  return writer.finish();
}

function nameMap(writer: ByteWriter, id: number, names: Names): void {
  if (names.size === 0) return;
  const part = new ByteWriter();
  writeNames(part, names);
  subsection(writer, id, part);
}

function indirectMap(writer: ByteWriter, id: number, names: ReadonlyMap<number, Names>): void {
  const named = [...names].filter(([, inside]) => inside.size > 0);
  if (named.length === 0) return;
  const part = new ByteWriter();
  part.uleb(named.length);
  for (const [index, inside] of named) {
    part.uleb(index);
    writeNames(part, inside);
  }
  subsection(writer, id, part);
}

function writeNames(writer: ByteWriter, names: Names): void {
  writer.uleb(names.size);
  for (const [index, name] of names) {
    writer.uleb(index);
    writer.name(name);
  }
}

function subsection(writer: ByteWriter, id: number, part: ByteWriter): void {
  writer.u8(id);
  writer.uleb(part.length);
  writer.bytes(part.finish());
}
