import { SourceMapConsumer, type RawIndexMap, type RawSourceMap } from "source-map";
import { MappingTableBuilder, type MappingTable } from "#core/source-map/mapping-table.ts";

/** A source map, read: its rows and what it says of its sources. */
export interface DecodedMap {
  readonly table: MappingTable;
  /** By the source index of the rows. */
  readonly sources: readonly MapSource[];
}

export interface MapSource {
  /** As the map has it, without `sourceRoot`. */
  readonly name: string;
  readonly sourceRoot: string;
  readonly content: string | undefined;
}

/** Reads the JSON of a source map, version 3, flat or with sections. Rejects with an Error whose message says what is wrong with it. */
export async function decodeSourceMap(text: string): Promise<DecodedMap> {
  const sources: MapSource[] = [];
  const map = renumbered(parsed(text), sources);
  const consumer = await new SourceMapConsumer(map);
  try {
    const table = new MappingTableBuilder();
    consumer.eachMapping(({ generatedLine, generatedColumn, source, originalLine, originalColumn }) => {
      if (generatedLine !== 1) return;
      // The package types say that these are never null; they are for code that belongs to no source.
      const index = (source as string | null) === null ? -1 : Number(source);
      table.add(generatedColumn, index, index < 0 ? 0 : originalLine, index < 0 ? 0 : originalColumn);
    });
    return { table: table.finish(), sources };
  } finally {
    consumer.destroy();
  }
}

function parsed(text: string): RawSourceMap | RawIndexMap {
  // A line that begins so keeps browsers from running JSON as a script; the specification wants it ignored.
  const value: unknown = JSON.parse(text.startsWith(")]}") ? text.slice(text.indexOf("\n") + 1) : text);
  if (typeof value !== "object" || value === null) throw new Error("it is not a JSON object");
  if (!("version" in value) || Number(value.version) !== 3) throw new Error("it is not of version 3");
  if (!("sections" in value) && !("mappings" in value && typeof value.mappings === "string")) throw new Error("it has no mappings");
  return value as RawSourceMap | RawIndexMap;
}

/** The package joins and changes names of sources; with their numbers in place of names, rows tell which one is meant. */
function renumbered(map: RawSourceMap | RawIndexMap, sources: MapSource[]): RawSourceMap | RawIndexMap {
  if (!("sections" in map)) return renumberedFlat(map, sources);
  const sections = listOf(map.sections, "sections").map((section) => {
    const { offset, map: inner } = objectOf(section, "a section");
    return { offset: objectOf(offset, "the offset of a section"), map: renumberedFlat(objectOf(inner, "the map of a section"), sources) };
  });
  return { version: 3, sections } as unknown as RawIndexMap;
}

/** Takes nothing of `map` on trust: whatever is not what the specification wants is told in its words. */
function renumberedFlat(map: Fields<RawSourceMap>, sources: MapSource[]): RawSourceMap {
  if (typeof map.mappings !== "string") throw new Error("it has no mappings");
  const sourceRoot = typeof map.sourceRoot === "string" ? map.sourceRoot : "";
  const contents: readonly unknown[] = Array.isArray(map.sourcesContent) ? map.sourcesContent : [];
  const numbers = listOf(map.sources, "sources").map((name, index) => {
    const content = contents[index];
    // A source may be null: it has no name.
    sources.push({ name: typeof name === "string" ? name : "", sourceRoot, content: typeof content === "string" ? content : undefined });
    return String(sources.length - 1);
  });
  // Nobody asks for names, but the package refuses mappings with a name that is not there.
  const names = map.names === undefined ? [] : listOf(map.names, "names").map(String);
  return { version: 3, sources: numbers, names, mappings: map.mappings, file: "" };
}

type Fields<T> = { readonly [Name in keyof T]?: unknown };

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`its ${what} are no list`);
  return value as readonly unknown[];
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw new Error(`${what} is missing`);
  return value as Record<string, unknown>;
}
