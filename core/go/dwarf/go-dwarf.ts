/** What the toolchain tells of a Go program, as DWARF that any debugger reads: lines, functions, inlined calls, variables and types. */
import { DwarfEmitter } from "#core/dwarf/emit/dwarf-emitter.ts";
import type { EmittedFunction, EmittedSection } from "#core/dwarf/emit/description.ts";
import { readableLanguage } from "#core/dwarf/emit/language.ts";
import { fixedAddress } from "#core/dwarf/emit/location.ts";
import type { UnitEmitter } from "#core/dwarf/emit/unit-emitter.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import type { FunctionTable } from "../binary/function-table.ts";
import { definedIndex, type DefinedIndex } from "../binary/program-counter.ts";
import type { GoLayouts } from "../layouts/layouts.ts";
import { GoLines, type Listing } from "../listing/go-lines.ts";
import { packageOf } from "../package-of.ts";
import { readFunctionVariables, type GoFunctionVariables } from "../variables/function-variables.ts";
import { codeLines, frameBaseOf, lineRowsOf, type CodeLines } from "./code-lines.ts";
import { GoDataTypes } from "./data-types.ts";
import { inlinedBlocks, type InlineTrees } from "./inlined-calls.ts";
import { linesOfCalls } from "./producer.ts";
import { scopeOf, type FunctionScope } from "./variable-blocks.ts";

export interface GoDwarfInput {
  readonly module: WasmModule;
  readonly table: FunctionTable;
  /** Of the packages that have lines of their own; the others have those of the function table, which are right where functions are called. */
  readonly listings: readonly Listing[];
  readonly variables: { readonly listing: Listing; readonly layouts: GoLayouts } | undefined;
  /** Without them nothing is known of inlined calls. */
  readonly inlined: InlineTrees | undefined;
  readonly producer: string;
  /** Names of files that are not absolute count from it. */
  readonly directory: string;
}

export interface GoDwarf {
  readonly sections: readonly EmittedSection[];
  readonly functions: number;
  /** Functions whose every instruction has its line. */
  readonly listed: number;
  readonly variables: number;
}

/** Package by package; of a function nothing is kept but what is written. */
export function goDwarf(input: GoDwarfInput): GoDwarf {
  const emitter = new DwarfEmitter();
  const counts = { functions: 0, listed: 0, variables: 0 };
  const dataTypes = input.variables && new GoDataTypes(input.variables.layouts.types);
  for (const { name, indices, isListed } of packagesOf(input)) {
    const { directory } = input;
    const producer = isListed ? input.producer : `${input.producer}${linesOfCalls}`;
    emitter.addUnit({ name, directory, producer, language: readableLanguage }, (unit) => {
      const addresses = new Map<string, number>();
      for (const index of indices) {
        const written = writeFunction(input, dataTypes, unit, index);
        if (!written) continue;
        counts.functions++;
        counts.variables += written.variables;
        if (!written.lines.aligned) continue;
        counts.listed++;
        for (const [symbol, address] of written.lines.aligned.addresses) addresses.set(symbol, address);
      }
      if (dataTypes && isListed) counts.variables += writeGlobals(input.variables!.layouts, dataTypes, unit, name, addresses);
    });
  }
  return { sections: emitter.finish(), ...counts };
}

interface PackageFunctions {
  /** Import path. */
  readonly name: string;
  readonly isListed: boolean;
  readonly indices: DefinedIndex[];
}

/** Functions by their package; of one that the compiler has listed in part, such as for instances of generic functions, there are two. */
function packagesOf({ table, listings }: GoDwarfInput): readonly PackageFunctions[] {
  const packages = new Map<string, PackageFunctions>();
  for (let at = 0; at < table.count; at++) {
    const index = definedIndex(at);
    const name = packageOf(table.name(index)) || "go";
    const isListed = listings.some((listing) => listing.index.find("function", table.name(index)).length > 0);
    const key = `${isListed ? "listed" : "other"} ${name}`;
    const known = packages.get(key);
    if (known) known.indices.push(index);
    else packages.set(key, { name, isListed, indices: [index] });
  }
  return [...packages.values()];
}

function writeFunction(
  input: GoDwarfInput,
  dataTypes: GoDataTypes | undefined,
  unit: UnitEmitter,
  index: DefinedIndex,
): { readonly lines: CodeLines; readonly variables: number } | undefined {
  const { module, table, listings } = input;
  // One for each function: it keeps what it has read, which for a large program would be more than memory.
  const listed = new GoLines(module, table, listings);
  const lines = codeLines(module, table, listed, index);
  if (!lines) return undefined;
  const codeStart = module.codeStart ?? 0;
  const { body, aligned, rows } = lines;
  const fileNumber = (path: string): number => unit.file(path);
  const declaredIn = table.file(index, 0);
  const declaredAt = table.entry(index)?.startLine ?? 0;
  const inlined = rows && input.inlined ? inlinedBlocks(input.inlined, table, index, rows, { codeStart, end: body.end }, fileNumber) : [];
  const file = declaredIn === undefined ? 0 : unit.file(declaredIn);
  const scope = aligned && dataTypes ? variablesOf(input, dataTypes, aligned, table.name(index), declaredIn ?? "", file) : noVariables;
  const variables = countOf(scope);
  const statements = new Set(listed.placesIn(index).map(({ offset }) => offset as number));
  const func: EmittedFunction = {
    name: table.name(index),
    external: true,
    declared: declaredIn !== undefined && declaredAt > 0 ? { file, line: declaredAt } : undefined,
    range: { low: body.start - codeStart, high: body.end - codeStart },
    rows: lineRowsOf(lines, table, index, codeStart, fileNumber, statements),
    // It takes much room, and only the places of variables count from it.
    frameBase: variables > 0 ? frameBaseOf(lines, codeStart) : undefined,
    parameters: scope.parameters,
    ...(inlined.length > 0 ? flattened(scope, inlined) : { variables: scope.variables, blocks: scope.blocks }),
  };
  unit.addFunction(func);
  return { lines, variables };
}

const noVariables: FunctionScope = { parameters: [], variables: [], blocks: [] };

/** Blocks of variables and inlined calls would overlap; where there are calls, the variables belong to all of the function. */
function flattened(scope: FunctionScope, inlined: EmittedFunction["blocks"]): Pick<EmittedFunction, "variables" | "blocks"> {
  const variables = [...scope.variables];
  const open = [...scope.blocks];
  for (let block = open.pop(); block; block = open.pop()) {
    variables.push(...block.variables);
    open.push(...block.blocks);
  }
  return { variables, blocks: inlined };
}

function countOf(scope: FunctionScope): number {
  let count = scope.parameters.length + scope.variables.length;
  const open = [...scope.blocks];
  for (let block = open.pop(); block; block = open.pop()) {
    count += block.variables.length;
    open.push(...block.blocks);
  }
  return count;
}

function variablesOf(
  input: GoDwarfInput,
  dataTypes: GoDataTypes,
  aligned: NonNullable<CodeLines["aligned"]>,
  name: string,
  path: string,
  file: number,
): FunctionScope {
  const { listing, layouts } = input.variables!;
  const func = readVariables(listing, name);
  if (!func || !aligned.goFrame) return noVariables;
  const codeStart = input.module.codeStart ?? 0;
  const declarations = layouts.declarations.get(path) ?? [];
  return scopeOf({ func, aligned, declarations, types: layouts.types, dataTypes, file, codeStart });
}

function readVariables({ index, read }: Listing, name: string): GoFunctionVariables | undefined {
  for (const range of index.find("variables", name)) {
    const found = readFunctionVariables(read(range));
    if (found) return found;
  }
  return undefined;
}

/** Variables of a package that its code mentions: only of those the address is known. */
function writeGlobals(
  { globals }: GoLayouts,
  dataTypes: GoDataTypes,
  unit: UnitEmitter,
  packageName: string,
  addresses: ReadonlyMap<string, number>,
): number {
  let count = 0;
  for (const { name, type } of globals) {
    const address = addresses.get(name);
    if (address === undefined || packageOf(name) !== packageName) continue;
    unit.addVariable({ name, type: dataTypes.of(type), declared: undefined, location: fixedAddress(address) });
    count++;
  }
  return count;
}
