import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { readConstantExpression, readDataSegment, readElementSegment, readTable } from "./sections/segments.ts";
import type { DataSegment, ElementSegment } from "./sections/segments.ts";
import { readExport, type ExportEntry } from "./sections/exports.ts";
import { readGlobalType, readLimits, readTagType, type GlobalType, type Limits, type TableType } from "./sections/external-types.ts";
import { readImports, type ImportEntry } from "./sections/imports.ts";
import { readNames, type ModuleNames } from "./sections/names.ts";
import { readProducers, type Producers } from "./sections/producers.ts";
import { readRecursionGroup, type TypeEntry } from "./sections/types.ts";
import type { ModuleProblem, Section, SectionName } from "./sections/section.ts";
import { readSections } from "./sections/read-sections.ts";
import { functionIndex, moduleOffset, type FunctionIndex, type ModuleOffset, type ModuleRange } from "./offsets.ts";

export interface ModuleFunction {
  readonly index: FunctionIndex;
  readonly typeIndex: number;
  readonly import: ImportEntry | undefined;
  /** Local declarations and code, without the size before them; `undefined` where imported, or where the code section ends before it. */
  readonly body: ModuleRange | undefined;
}

/**
 * A core module in the binary format. Index spaces hold imports first. Bodies of functions and segments are ranges of `bytes`;
 * names and producers are read when they are first asked for.
 */
export interface WasmModule {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  /** Of the code section's contents, where DWARF addresses count from; `undefined` without a code section. */
  readonly codeStart: ModuleOffset | undefined;
  readonly types: readonly TypeEntry[];
  readonly imports: readonly ImportEntry[];
  readonly exports: readonly ExportEntry[];
  readonly functions: readonly ModuleFunction[];
  readonly importedFunctionCount: number;
  readonly tables: readonly TableType[];
  readonly memories: readonly Limits[];
  readonly globals: readonly GlobalType[];
  /** Type indices. */
  readonly tags: readonly number[];
  readonly start: FunctionIndex | undefined;
  readonly elements: readonly ElementSegment[];
  readonly data: readonly DataSegment[];
  /** Contents of every custom section of that name. */
  customSections(name: string): readonly ModuleRange[];
  /** Function index to the first name that it is exported under. */
  functionExports(): ReadonlyMap<number, string>;
  names(): ModuleNames;
  producers(): Producers;
  /** The function whose body holds `offset`. */
  functionAt(offset: ModuleOffset): ModuleFunction | undefined;
}

/** Reads what stands before the code of a module, and where its code is. Whatever could be read stays in `module`; the rest is told in `problems`. */
export function readModule(bytes: Uint8Array): { readonly module: WasmModule; readonly problems: readonly ModuleProblem[] } {
  const problems: ModuleProblem[] = [];
  const sections = readSections(bytes, problems);
  const entries = <Entry>(kind: SectionName, read: (reader: ByteReader) => Entry): Entry[] =>
    readEntries(bytes, sections, kind, read, problems);

  const types = entries("type", readRecursionGroup).flat();
  const imports = entries("import", readImports).flat();
  const declared = entries("function", (reader) => reader.uleb());
  const tables = entries("table", readTable).map((table) => table.type);
  const memories = entries("memory", readLimits);
  const globals = entries("global", (reader) => {
    const type = readGlobalType(reader);
    readConstantExpression(reader);
    return type;
  });
  const tags = entries("tag", readTagType);
  const exports = entries("export", readExport);
  const elements = entries("element", readElementSegment);
  const bodies = entries("code", readBodyRange);
  const data = entries("data", readDataSegment);
  const functions = functionSpace(imports, declared, bodies);
  const imported = <Kind extends ImportEntry["type"]["kind"]>(kind: Kind) =>
    imports.map((entry) => entry.type).filter((type): type is Extract<ImportEntry["type"], { kind: Kind }> => type.kind === kind);

  const custom = sections.filter((section) => section.kind === "custom");
  const code = sections.find((section) => section.kind === "code");
  if (declared.length !== bodies.length && problems.length === 0) {
    const message = `${declared.length} functions are declared but the code section has ${bodies.length} bodies; build the module again`;
    problems.push({ message, offset: code?.start ?? moduleOffset(bytes.length) });
  }

  let functionExports: ReadonlyMap<number, string> | undefined;
  let names: ModuleNames | undefined;
  let producers: Producers | undefined;
  const importedFunctionCount = functions.length - declared.length;
  const module: WasmModule = {
    bytes,
    sections,
    codeStart: code?.start,
    types,
    imports,
    exports,
    functions,
    importedFunctionCount,
    tables: [...imported("table").map((type) => type.type), ...tables],
    memories: [...imported("memory").map((type) => type.type), ...memories],
    globals: [...imported("global").map((type) => type.type), ...globals],
    tags: [...imported("tag").map((type) => type.typeIndex), ...tags],
    start: readStart(bytes, sections, problems),
    elements,
    data,
    customSections: (name) => custom.filter((section) => section.customName === name),
    functionExports: () => (functionExports ??= exportsOfFunctions(exports)),
    names: () => (names ??= readNames(bytes, module.customSections("name")[0])),
    producers: () => (producers ??= readProducers(bytes, module.customSections("producers")[0])),
    functionAt: (offset) => findFunction(functions, importedFunctionCount, offset),
  };
  return { module, problems };
}

function exportsOfFunctions(exports: readonly ExportEntry[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const entry of exports) if (entry.kind === "func" && !names.has(entry.index)) names.set(entry.index, entry.name);
  return names;
}

function readEntries<Entry>(
  bytes: Uint8Array,
  sections: readonly Section[],
  kind: SectionName,
  read: (reader: ByteReader) => Entry,
  problems: ModuleProblem[],
): Entry[] {
  const section = sections.find((section) => section.kind === kind);
  const entries: Entry[] = [];
  if (!section) return entries;
  const reader = new ByteReader(bytes, section.start, section.end);
  try {
    for (let rest = reader.uleb(); rest > 0; rest--) entries.push(read(reader));
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    // A section that the end of the file cuts short has been told already.
    if (problems.length === 0)
      problems.push({
        message: `the ${kind} section is damaged: ${error.message}; build the module again`,
        offset: moduleOffset(error.at),
      });
  }
  return entries;
}

/** Source: WebAssembly 3.0, 5.5.13 "Code Section". */
function readBodyRange(reader: ByteReader): ModuleRange {
  const size = reader.uleb();
  const start = reader.position;
  reader.skip(size);
  return { start: moduleOffset(start), end: moduleOffset(start + size) };
}

function readStart(bytes: Uint8Array, sections: readonly Section[], problems: ModuleProblem[]): FunctionIndex | undefined {
  const section = sections.find((section) => section.kind === "start");
  if (!section) return undefined;
  try {
    return functionIndex(new ByteReader(bytes, section.start, section.end).uleb());
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    problems.push({ message: "the start section is damaged; build the module again", offset: section.start });
    return undefined;
  }
}

function functionSpace(imports: readonly ImportEntry[], declared: readonly number[], bodies: readonly ModuleRange[]): ModuleFunction[] {
  const functions: ModuleFunction[] = [];
  for (const entry of imports) {
    if (entry.type.kind !== "func") continue;
    functions.push({ index: functionIndex(functions.length), typeIndex: entry.type.typeIndex, import: entry, body: undefined });
  }
  const importedCount = functions.length;
  for (const [at, typeIndex] of declared.entries()) {
    functions.push({ index: functionIndex(importedCount + at), typeIndex, import: undefined, body: bodies[at] });
  }
  return functions;
}

/** Bodies are in the order of their offsets. */
function findFunction(functions: readonly ModuleFunction[], firstDefined: number, offset: ModuleOffset): ModuleFunction | undefined {
  let low = firstDefined;
  let high = functions.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = functions[middle]!;
    if (!found.body || offset < found.body.start) high = middle - 1;
    else if (offset >= found.body.end) low = middle + 1;
    else return found;
  }
  return undefined;
}
