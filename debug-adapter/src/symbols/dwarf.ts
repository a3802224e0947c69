import { tag } from "#core/dwarf/constants.ts";
import { DebugInfo, type PlacedRow } from "#core/dwarf/debug-info.ts";
import type { Entry } from "#core/dwarf/entries.ts";
import { callSiteOf, enclosingBlocks, functionName } from "#core/dwarf/functions.ts";
import { rowFlag } from "#core/dwarf/line-table.ts";
import { lostLinesNote } from "#core/dwarf/lost-lines.ts";
import type { SavedIndexes } from "#core/dwarf/saved-indexes.ts";
import { dwarfSections, type DwarfSections } from "#core/dwarf/sections.ts";
import { DataTypes } from "#core/dwarf/types.ts";
import { readModule, type WasmModule } from "#core/wasm/module.ts";
import type { ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import { AddressSpace } from "./dwarf/addresses.ts";
import { CodePieces, type CodePiece } from "./dwarf/code-pieces.ts";
import { openIndexCache } from "./dwarf/index-cache.ts";
import { bodyAddress, LineLookup } from "./dwarf/line-lookup.ts";
import { DwarfSources, lineFrom, rowsOfLine } from "./dwarf/sources.ts";
import { fixedVariables, type FixedVariable } from "./dwarf/fixed-variables.ts";
import { languageOf } from "./dwarf/language.ts";
import { externalName } from "./dwarf/external-name.ts";
import { DwarfLinkedNames } from "./dwarf/linked-names.ts";
import { DwarfNames } from "./dwarf/names.ts";
import { isDebugSection, sectionFinder, splitSections } from "./dwarf/split-files.ts";
import { type BlockOrder, ScopePlans } from "./dwarf/scope-plan.ts";
import { stepAddresses } from "./dwarf/step-ranges.ts";
import { scopesOf } from "./dwarf/variables.ts";
import type { LinkedNames } from "./linked-names.ts";
import { parsedModule } from "./parsed-module.ts";
import type { ReadFile } from "./read-beside.ts";
import type {
  FunctionInfo,
  InlinedCall,
  LineMatch,
  Language,
  LogicalFrame,
  ModuleSymbols,
  Scope,
  SourcePosition,
  SymbolSource,
} from "./module-symbols.ts";

export interface DwarfInput {
  readonly bytes: Uint8Array;
  /** For messages, such as the file's name. */
  readonly name: string;
  /** Reads a file that the module names, relative to the module; `undefined` where it is not there. */
  readonly readFile?: ReadFile;
  /** Holds exactly `bytes`, where there is such a file: what was read of it may be kept. */
  readonly file?: string;
  /** Ends the reading of what is in many files. */
  readonly signal?: AbortSignal;
}

/** Symbols out of the module's DWARF, or out of the file that its `external_debug_info` section names; `undefined` where it has neither. */
export async function dwarfSymbols(input: DwarfInput): Promise<DwarfSymbols | undefined> {
  const { module } = parsedModule(input.bytes);
  if (hasDwarf(module)) {
    const sections = dwarfSections(sectionFinder(module));
    const saved = input.file === undefined ? undefined : await openIndexCache(input.file, sections);
    return new DwarfSymbols(module, sections, await splitSections(module, input), [], saved);
  }
  const external = externalName(module);
  if (external === undefined) return undefined;
  const bytes = isUrl(external) ? undefined : await input.readFile?.(external, isDebugSection);
  const debug = bytes && readModule(bytes).module;
  if (debug && hasDwarf(debug)) return new DwarfSymbols(module, dwarfSections(sectionFinder(debug)), await splitSections(debug, input), []);
  return new DwarfSymbols(
    module,
    dwarfSections(sectionFinder(module)),
    [],
    [
      `The debug information of ${input.name} is in ${external}, which ${isUrl(external) ? "is a URL and is not fetched" : bytes ? "holds none" : "was not found"}: put that file beside the module.`,
    ],
  );
}

const hasDwarf = (module: WasmModule): boolean =>
  module.customSections(".debug_line").length > 0 || module.customSections(".debug_info").length > 0;
const isUrl = (name: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(name);

const misfitNote =
  "The debug information does not fit the module's code: a tool has changed the code after it was linked (wasm-opt without -g, for example). Lines and values will be wrong: build without that step, or with a version of it that keeps DWARF.";

export type { DwarfSymbols };

/** A row of the line table. */
export interface DwarfLine {
  readonly offset: ModuleOffset;
  readonly source: SymbolSource | undefined;
  /** 1-based; 0: made by the compiler. */
  readonly line: number;
  readonly isStatement: boolean;
}

class DwarfSymbols implements ModuleSymbols {
  readonly kind = "dwarf";
  readonly #module: WasmModule;
  readonly #info: DebugInfo;
  readonly #types = new DataTypes((declaration) => this.names.definitionOf(declaration));
  readonly #scopes: ScopePlans;
  readonly #sources: DwarfSources;
  readonly #addresses: AddressSpace;
  readonly #pieces: CodePieces;
  readonly #lines: LineLookup;
  readonly #ownNotes: readonly string[];
  readonly names: DwarfNames;
  readonly linkedNames: LinkedNames;
  #globals: readonly FixedVariable[] | undefined;

  /** `sections`: of the module itself, or of a file beside it whose code section is the same. */
  constructor(
    module: WasmModule,
    sections: DwarfSections,
    split: readonly DwarfSections[],
    notes: readonly string[],
    saved?: SavedIndexes,
  ) {
    this.#module = module;
    this.#info = new DebugInfo(sections, split, saved);
    this.#scopes = new ScopePlans(this.#info, this.#types);
    this.#sources = new DwarfSources(this.#info);
    this.#addresses = new AddressSpace(module, this.#info);
    this.#pieces = new CodePieces(module, this.#info, this.#addresses);
    this.#lines = new LineLookup(module, this.#info, this.#pieces, this.#sources, this.#addresses);
    this.names = new DwarfNames(module, this.#info, this.#types, this.#addresses);
    this.linkedNames = new DwarfLinkedNames(module, this.#info, this.names, this.#addresses);
    const lost = lostLinesNote(this.#info, (name) => isFunction(module, name));
    const changed = this.#addresses.fits ? undefined : misfitNote;
    this.#ownNotes = [...notes, ...[lost ?? changed].filter((note) => note !== undefined)];
  }

  get notes(): readonly string[] {
    return [...this.#ownNotes, ...this.#info.notes];
  }

  sources(): readonly SymbolSource[] {
    return this.#sources.list();
  }

  offsetsOf(source: SymbolSource, line: number, column?: number): LineMatch | undefined {
    return this.#lines.placesOf(source, line, column);
  }

  linesWithCode(source: SymbolSource, from: number, to: number): readonly number[] {
    const lines = new Set<number>();
    for (const order of this.#sources.ordersOf(source)) {
      for (let line = lineFrom(order, from); line !== undefined && line <= to; line = lineFrom(order, line + 1)) lines.add(line);
    }
    return [...lines].sort((a, b) => a - b);
  }

  columnsOf(source: SymbolSource, line: number): readonly number[] {
    const columns = new Set<number>();
    for (const order of this.#sources.ordersOf(source)) {
      for (const row of rowsOfLine(order, line)) {
        const hasCode = order.rows.addresses[row + 1]! > order.rows.addresses[row]!;
        if (hasCode && order.rows.columns[row]! > 0) columns.add(order.rows.columns[row]!);
      }
    }
    return [...columns].sort((a, b) => a - b);
  }

  positionOf(offset: ModuleOffset): SourcePosition | undefined {
    const address = this.#addresses.toAddress(offset);
    const placed = this.#info.rowAt(address);
    const row = placed && rowOfLine(placed, this.#pieces.at(address));
    if (!placed || row === undefined) return undefined;
    const source = this.#sources.of(placed.program, placed.rows.files[row]!);
    if (!source) return undefined;
    return {
      source,
      line: placed.rows.lines[row]!,
      column: Math.max(placed.rows.columns[row]!, 1),
      inlined: this.#inlinedAt(address, source),
    };
  }

  /** Rows of the line table in `range`, in the order of the code; the first one may begin before it. */
  lineRows({ start, end }: ModuleRange): readonly DwarfLine[] {
    const placed = this.#info.rowAt(this.#addresses.toAddress(start));
    if (!placed) return [];
    const { program, rows } = placed;
    const found: DwarfLine[] = [];
    for (let row = placed.row; row < rows.count && !(rows.flags[row]! & rowFlag.endSequence); row++) {
      const offset = this.#addresses.toOffset(rows.addresses[row]!);
      if (offset >= end) break;
      const source = this.#sources.of(program, rows.files[row]!);
      found.push({ offset, source, line: rows.lines[row]!, isStatement: (rows.flags[row]! & rowFlag.statement) !== 0 });
    }
    return found;
  }

  /** Variables outside of functions that lie at fixed addresses of linear memory. */
  globals(): readonly FixedVariable[] {
    return (this.#globals ??= fixedVariables(this.#info, this.#types));
  }

  /** Who has written the debug information (DW_AT_producer), each once. */
  producers(): readonly string[] {
    return [...new Set(this.#info.units.flatMap(({ producer }) => producer ?? []))];
  }

  /** Who has written that of the code at `offset`. */
  producerAt(offset: ModuleOffset): string | undefined {
    return this.#info.functionAt(this.#addresses.toAddress(offset))?.entry.unit.producer;
  }

  #inlinedAt(address: number, source: SymbolSource): readonly InlinedCall[] {
    const piece = this.#info.functionAt(address);
    if (!piece) return [];
    const calls = enclosingBlocks(piece.entry, address).filter((block) => block.tag === tag.inlinedSubroutine);
    return calls.reverse().map((call) => this.#inlinedCall(call, source));
  }

  #inlinedCall(call: Entry, source: SymbolSource): InlinedCall {
    const site = callSiteOf(call);
    const program = this.#info.programOf(call.unit);
    const callSource = program && site.file !== undefined ? this.#sources.of(program, site.file) : undefined;
    return {
      functionName: functionName(call),
      callSource: callSource ?? source,
      callLine: site.line,
      callColumn: Math.max(site.column, 1),
    };
  }

  functionAt(offset: ModuleOffset): FunctionInfo | undefined {
    const piece = this.#pieces.at(this.#addresses.toAddress(offset));
    const fn = this.#module.functionAt(offset);
    if (!piece) return undefined;
    return {
      index: fn?.index,
      name: this.#pieces.nameOf(piece),
      range: fn?.body ?? { start: this.#addresses.toOffset(piece.low), end: this.#addresses.toOffset(piece.high) },
      bodyStart: this.#addresses.instructionFrom(bodyAddress(this.#info, piece)),
    };
  }

  stepRanges(offset: ModuleOffset, inlined: "skip" | "enter" | "leave" = "skip"): readonly ModuleRange[] {
    const address = this.#addresses.toAddress(offset);
    const piece = this.#pieces.at(address);
    if (!piece) return [];
    return stepAddresses(this.#info, piece, address, inlined).map(({ low, high }) => ({
      start: this.#addresses.toOffset(low),
      end: this.#addresses.toOffset(high),
    }));
  }

  languageAt(offset: ModuleOffset): Language | undefined {
    const piece = this.#info.functionAt(this.#addresses.toAddress(offset));
    return piece && languageOf(piece.entry.unit);
  }

  /** `first`: of which block locals come first. */
  async scopesAt(frame: LogicalFrame, first: BlockOrder = "innermost"): Promise<readonly Scope[]> {
    const address = this.#addresses.toAddress(frame.offset);
    const plan = this.#scopes.at(address, frame.inlineDepth, first);
    return plan ? scopesOf(plan, frame, address) : [];
  }
}

/** Whether the module has a function of that name, as far as it tells. */
function isFunction(module: WasmModule, name: string): boolean {
  const { functions } = module.names();
  if (functions.size === 0) return true;
  for (const known of functions.values()) if (known === name) return true;
  return false;
}

/** `placed.row`, or for code that the compiler made the nearest row of the function that has a line: the one before, else the one behind. */
function rowOfLine({ rows, row }: PlacedRow, piece: CodePiece | undefined): number | undefined {
  if (rows.lines[row] !== 0) return row;
  if (!piece) return undefined;
  for (let before = row - 1; before >= 0 && rows.addresses[before]! >= piece.low; before--) {
    if (rows.lines[before] !== 0 && !(rows.flags[before]! & rowFlag.endSequence)) return before;
  }
  for (let behind = row + 1; behind < rows.count && rows.addresses[behind]! < piece.high; behind++) {
    if (rows.flags[behind]! & rowFlag.endSequence) return undefined;
    if (rows.lines[behind] !== 0) return behind;
  }
  return undefined;
}
