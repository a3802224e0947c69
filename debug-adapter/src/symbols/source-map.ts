import {
  firstRowFrom,
  lineFrom,
  MappingTableBuilder,
  rowsOfLine,
  rowsOfSource,
  type MappingTable,
  type SourceRows,
} from "#core/source-map/mapping-table.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import { moduleOffset, type ModuleOffset, type ModuleRange } from "#core/wasm/offsets.ts";
import { firstInstruction } from "./dwarf/addresses.ts";
import type {
  FunctionInfo,
  Language,
  LineMatch,
  LogicalFrame,
  ModuleSymbols,
  Scope,
  SourcePosition,
  SymbolSource,
  Variable,
} from "./module-symbols.ts";
import { decodeSourceMap, type DecodedMap, type MapSource } from "./source-map/decode.ts";
import { findSourceMap } from "./source-map/locate.ts";
import { readDeclarations, type Declarations } from "./assemblyscript/declarations.ts";
import { AssemblyScriptTypes, typedValue } from "./assemblyscript/types.ts";
import { parsedModule } from "./parsed-module.ts";
import { isLibraryName, localNames, sourceName } from "./source-map/names.ts";

export interface SourceMapInput {
  readonly bytes: Uint8Array;
  /** Absolute path of the module. */
  readonly path: string;
  /** For messages, such as the file's name. */
  readonly name: string;
  /** Reads a file that the module names, relative to the module; `undefined` where it is not there. */
  readonly readFile: (name: string) => Promise<Uint8Array | undefined>;
}

/** Symbols out of the source map that the module names; `undefined` where it names none. A map that cannot be read leaves a note and no lines. */
export async function sourceMapSymbols(input: SourceMapInput): Promise<ModuleSymbols | undefined> {
  const { module } = parsedModule(input.bytes);
  const found = await findSourceMap(module, input.name, input.readFile);
  if (!found) return undefined;
  if (found.kind === "missing") return new SourceMapSymbols(module, nothing, "", [found.note]);
  try {
    return new SourceMapSymbols(module, await decodeSourceMap(found.text), folderOf(found.url), []);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return new SourceMapSymbols(module, nothing, "", [`The source map of ${input.name} cannot be read (${why}): build the module again.`]);
  }
}

const nothing: DecodedMap = { table: new MappingTableBuilder().finish(), sources: [] };
const folderOf = (url: string): string => url.slice(0, url.lastIndexOf("/") + 1);

class SourceMapSymbols implements ModuleSymbols {
  readonly kind = "source-map";
  readonly notes: readonly string[];
  readonly #module: WasmModule;
  readonly #table: MappingTable;
  readonly #sources: readonly SymbolSource[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #rows = new Map<number, SourceRows>();
  readonly #language: Language;
  #declared: readonly Declarations[] | undefined;
  #types: AssemblyScriptTypes | undefined;

  /** `folder` is that of the map, relative to the module; sources are relative to it. */
  constructor(module: WasmModule, map: DecodedMap, folder: string, notes: readonly string[]) {
    this.#module = module;
    this.#table = map.table;
    this.#sources = map.sources.map((source, number) => symbolSource(source, number, folder));
    this.#numbers = new Map(this.#sources.map((source, number) => [source.key, number]));
    this.#language = languageOf(module, map.sources);
    this.notes = notes;
  }

  sources(): readonly SymbolSource[] {
    return this.#sources;
  }

  offsetsOf(source: SymbolSource, asked: number, column?: number): LineMatch | undefined {
    const rows = this.#rowsOf(source);
    const line = rows && lineFrom(this.#table, rows, asked);
    if (!rows || line === undefined) return undefined;
    const firsts = new Map<ModuleFunction, number>();
    for (const row of this.#ofColumn(rowsOfLine(this.#table, rows, line), line === asked ? column : undefined)) {
      const fn = this.#functionOf(row);
      // Rows are in the order of offsets: the first of each function is where its line begins.
      if (fn && !firsts.has(fn)) firsts.set(fn, row);
    }
    const ranges = [...firsts].map(([fn, row]) => ({ start: this.#offsetOf(row), end: this.#endOfLine(row, fn) }));
    const columns = new Set([...firsts.values()].map((row) => this.#table.columns[row]! + 1));
    const [only] = columns;
    if (ranges.length === 0) return undefined;
    return columns.size === 1 && only !== undefined ? { line, column: only, ranges } : { line, ranges };
  }

  /** Of several columns the one at or behind `column` (1-based), where that is behind the line's first place: clients send 1 where none was meant. */
  #ofColumn(rows: readonly number[], column: number | undefined): readonly number[] {
    const { columns } = this.#table;
    if (column === undefined || rows[0] === undefined || column <= columns[rows[0]]! + 1) return rows;
    const behind = rows.map((row) => columns[row]! + 1).filter((candidate) => candidate >= column);
    if (behind.length === 0) return rows;
    const nearest = behind.reduce((least, candidate) => Math.min(least, candidate));
    return rows.filter((row) => columns[row]! + 1 === nearest);
  }

  linesWithCode(source: SymbolSource, from: number, to: number): readonly number[] {
    const rows = this.#rowsOf(source);
    const lines: number[] = [];
    if (!rows) return lines;
    for (let line = lineFrom(this.#table, rows, from); line !== undefined && line <= to; line = lineFrom(this.#table, rows, line + 1))
      lines.push(line);
    return lines;
  }

  positionOf(offset: ModuleOffset): SourcePosition | undefined {
    const row = this.#rowAt(offset);
    const source = row === undefined ? undefined : this.#sources[this.#table.sources[row]!];
    if (row === undefined || !source) return undefined;
    return { source, line: this.#table.lines[row]!, column: this.#table.columns[row]! + 1, inlined: [] };
  }

  functionAt(offset: ModuleOffset): FunctionInfo | undefined {
    const fn = this.#module.functionAt(offset);
    if (!fn?.body) return undefined;
    const first = this.#firstRow(fn.body);
    return {
      index: fn.index,
      name: this.#functionName(fn),
      range: fn.body,
      bodyStart: first === undefined ? firstInstruction(this.#module.bytes, fn.body) : this.#offsetOf(first),
    };
  }

  stepRanges(offset: ModuleOffset): readonly ModuleRange[] {
    const body = this.#module.functionAt(offset)?.body;
    const here = this.#rowAt(offset);
    if (!body || here === undefined) return [];
    const { offsets, sources, lines, count } = this.#table;
    const ranges: { start: ModuleOffset; end: ModuleOffset }[] = [];
    const add = (start: number, end: number) => {
      const last = ranges.at(-1);
      if (last && last.end >= start) last.end = moduleOffset(end);
      else if (end > start) ranges.push({ start: moduleOffset(start), end: moduleOffset(end) });
    };
    const first = firstRowFrom(this.#table, body.start);
    // What stands before the first row was made by the compiler, as code without a source is.
    add(firstInstruction(this.#module.bytes, body), Math.min(offsets[first] ?? body.end, body.end));
    for (let row = first; row < count && offsets[row]! < body.end; row++) {
      const isOwn = sources[row] === sources[here] && lines[row] === lines[here];
      if (isOwn || sources[row]! < 0) add(offsets[row]!, Math.min(offsets[row + 1] ?? body.end, body.end));
    }
    return ranges;
  }

  languageAt(): Language {
    return this.#language;
  }

  scopesAt(frame: LogicalFrame): readonly Scope[] {
    const fn = this.#module.functionAt(frame.offset);
    if (!fn) return [];
    const names = localNames(this.#module.names().locals.get(fn.index) ?? new Map<number, string>());
    const type = this.#module.types[fn.typeIndex];
    const parameterCount = type?.kind === "func" ? type.params.length : 0;
    const declared = this.#language === "assemblyscript" ? this.#typesIn(fn) : new Map<string, string>();
    const named = [...names].flatMap(([index, name]) => {
      const value = frame.state.locals[index];
      return value ? [{ index, variable: this.#variable(name, value, declared.get(name)) }] : [];
    });
    const globals = [...this.#module.names().globals].flatMap(([index, name]) => {
      const value = frame.state.globals[index];
      return value && !isLibraryName(name) ? [this.#variable(sourceName(name), value, this.#typeOfGlobal(sourceName(name)), index)] : [];
    });
    const scopes: readonly Scope[] = [
      { name: "Locals", kind: "locals", variables: named.filter(({ index }) => index >= parameterCount).map(({ variable }) => variable) },
      {
        name: "Arguments",
        kind: "arguments",
        variables: named.filter(({ index }) => index < parameterCount).map(({ variable }) => variable),
      },
      { name: "Globals", kind: "globals", variables: globals },
    ];
    return scopes.filter((scope) => scope.variables.length > 0);
  }

  #variable(name: string, value: LogicalFrame["state"]["locals"][number], declared?: string, index?: number): Variable {
    const global = index === undefined ? {} : { global: index };
    const type = declared === undefined || this.#language !== "assemblyscript" ? undefined : this.#declaredTypes().named(declared);
    const typed = type && typedValue(value, type);
    if (type && typed) return { name, typeName: type.name, language: this.#language, value: { ...typed, ...global } };
    return { name, typeName: value.type, language: this.#language, value: { kind: "wasm", value, ...global } };
  }

  /** What the sources in the map declare, but for those of the library. */
  #declarations(): readonly Declarations[] {
    return (this.#declared ??= this.#sources.flatMap((source) => {
      const text = source.name.startsWith("~lib/") ? undefined : source.content?.();
      return typeof text === "string" ? [readDeclarations(text)] : [];
    }));
  }

  #declaredTypes(): AssemblyScriptTypes {
    return (this.#types ??= new AssemblyScriptTypes(this.#declarations()));
  }

  /** Declared types of a function's parameters and variables, by name. */
  #typesIn(fn: ModuleFunction): ReadonlyMap<string, string> {
    const internal = this.#module.names().functions.get(fn.index) ?? "";
    const key = internal
      .replace(/^export:/, "")
      .replaceAll(/[^<>,()\s/]*\//g, "")
      .replaceAll(/<.*?>/g, "");
    const found = this.#declarations()
      .map(({ functions }) => functions.get(key))
      .filter((types) => types !== undefined);
    const owner = /^(\w+)#/.exec(key)?.[1];
    return new Map([...(found.length === 1 ? found[0]! : []), ...(owner === undefined ? [] : [["this", owner] as const])]);
  }

  #typeOfGlobal(name: string): string | undefined {
    const found = this.#declarations()
      .map(({ globals }) => globals.get(name))
      .filter((type) => type !== undefined);
    return found.length === 1 ? found[0] : undefined;
  }

  #functionName(fn: ModuleFunction): string {
    const internal = this.#module.names().functions.get(fn.index);
    if (internal !== undefined) return this.#language === "assemblyscript" ? sourceName(internal) : internal;
    const exported = this.#module.exports.find((entry) => entry.kind === "func" && entry.index === fn.index);
    return exported?.name ?? `$func${fn.index}`;
  }

  #rowsOf(source: SymbolSource): SourceRows | undefined {
    const number = this.#numbers.get(source.key);
    if (number === undefined) return undefined;
    const rows = this.#rows.get(number) ?? rowsOfSource(this.#table, number);
    this.#rows.set(number, rows);
    return rows;
  }

  #offsetOf(row: number): ModuleOffset {
    return moduleOffset(this.#table.offsets[row]!);
  }

  #functionOf(row: number): ModuleFunction | undefined {
    return this.#module.functionAt(this.#offsetOf(row));
  }

  /** The row that says where the instruction at `offset` comes from: the last one with a source at or before it, in its function. */
  #rowAt(offset: ModuleOffset): number | undefined {
    const body = this.#module.functionAt(offset)?.body;
    if (!body) return undefined;
    for (let row = firstRowFrom(this.#table, offset + 1) - 1; row >= 0 && this.#table.offsets[row]! >= body.start; row--) {
      if (this.#table.sources[row]! >= 0) return row;
    }
    return this.#firstRow(body);
  }

  #firstRow(body: ModuleRange): number | undefined {
    for (let row = firstRowFrom(this.#table, body.start); row < this.#table.count && this.#table.offsets[row]! < body.end; row++) {
      if (this.#table.sources[row]! >= 0) return row;
    }
    return undefined;
  }

  #endOfLine(row: number, fn: ModuleFunction): ModuleOffset {
    const { offsets, sources, lines, count } = this.#table;
    const end = fn.body?.end ?? this.#offsetOf(row);
    let next = row + 1;
    const belongs = (at: number) => sources[at]! < 0 || (sources[at] === sources[row] && lines[at] === lines[row]);
    while (next < count && offsets[next]! < end && belongs(next)) next++;
    return moduleOffset(Math.min(offsets[next] ?? end, end));
  }
}

function symbolSource(source: MapSource, number: number, folder: string): SymbolSource {
  const rooted = source.sourceRoot === "" ? source.name : joined(source.sourceRoot, source.name);
  const spellings = [rooted, joined(folder, source.name), joined(folder, rooted)];
  const candidates = [...new Set(spellings)].filter((spelling) => spelling !== source.name);
  const { content } = source;
  const base = { key: `${number}:${source.name}`, name: source.name, candidates };
  return content === undefined ? base : { ...base, content: () => content };
}

function joined(folder: string, name: string): string {
  if (folder === "" || name.startsWith("/") || /^[a-z][a-z0-9+.-]+:/i.test(name)) return name;
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** AssemblyScript says so in the producers section, or by the sources of its library. */
function languageOf(module: WasmModule, sources: readonly MapSource[]): Language {
  const named = [...module.producers().values()].flat().some(({ name }) => /assemblyscript/i.test(name));
  return named || sources.some((source) => source.name.startsWith("~lib/")) ? "assemblyscript" : "other";
}
