/** The line table of a Go program, made of its listing function by function, when a breakpoint or a stop needs one. */
import type { WasmModule } from "#core/wasm/module.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import { definedIndex, toDefinedIndex, type DefinedIndex } from "../binary/program-counter.ts";
import type { FunctionTable } from "../binary/function-table.ts";
import { align, type AlignedFunction } from "./align.ts";
import { lineRuns, type LineRun, positionAt } from "./breakpoint-rows.ts";
import { declarationOffset } from "./function-start.ts";
import { alignGiven, type GivenLines } from "./given-lines.ts";
import { readListedFunction } from "./listed-function.ts";
import type { ListedPosition } from "./listed-position.ts";
import type { ListingIndex, ListingRange } from "./listing-index.ts";

/** A listing that lies somewhere, such as in a file. */
export interface Listing {
  readonly index: ListingIndex;
  /** The bytes of `range`; fewer where they cannot be read, which makes the function one without lines. */
  readonly read: (range: ListingRange) => Uint8Array;
}

/** A place for a breakpoint. */
export interface LinePlace {
  readonly index: DefinedIndex;
  readonly offset: ModuleOffset;
}

export interface LineMatch {
  /** 1-based; the next line with code where the asked one has none. */
  readonly line: number;
  /** One per function: closures, instances of generic functions and inlined copies have places of their own. */
  readonly places: readonly LinePlace[];
}

interface Lines {
  readonly aligned: AlignedFunction;
  readonly runs: readonly LineRun[];
}

/** Keeps what was aligned once; a function that cannot be verified has no lines. */
export class GoLines {
  readonly #module: WasmModule;
  readonly #table: FunctionTable;
  readonly #listings: Listing[];
  readonly #given: GivenLines | undefined;
  readonly #lines = new Map<DefinedIndex, Lines | undefined>();

  /** `listings`: of the program's packages, the best one first; `given`: lines of functions that no listing has. */
  constructor(module: WasmModule, table: FunctionTable, listings: readonly Listing[], given?: GivenLines) {
    this.#given = given;
    this.#module = module;
    this.#table = table;
    this.#listings = [...listings];
  }

  /** Adds the listing of further packages. */
  add(listing: Listing): void {
    this.#listings.push(listing);
    for (const [index, lines] of this.#lines) if (!lines) this.#lines.delete(index);
  }

  /** Whether a listing has the function, verified or not. */
  isListed(index: DefinedIndex): boolean {
    return this.#candidates(index).length > 0;
  }

  /** `undefined` for a function that no listing has, or none with the bytes of the module, and that has no lines from elsewhere. */
  aligned(index: DefinedIndex): AlignedFunction | undefined {
    return this.#linesOf(index)?.aligned;
  }

  /** Why no candidate of the listings is the function; empty where one is, or where there is no candidate. */
  mismatches(index: DefinedIndex): readonly string[] {
    const tries = this.#tries(index);
    return tries.flatMap((alignment) => ("mismatch" in alignment ? [alignment.mismatch] : []));
  }

  /** Functions that a listing has, verified or not. */
  listedFunctions(): readonly DefinedIndex[] {
    const found: DefinedIndex[] = [];
    for (let index = 0; index < this.#table.count; index++) {
      if (this.#candidates(definedIndex(index)).length > 0) found.push(definedIndex(index));
    }
    return found;
  }

  /** The function at `offset`. */
  functionAt(offset: ModuleOffset): DefinedIndex | undefined {
    const func = this.#module.functionAt(offset);
    return func && toDefinedIndex(func.index, this.#module.importedFunctionCount);
  }

  /** Lines of the function, in the order of its code. */
  runs(index: DefinedIndex): readonly LineRun[] {
    return this.#linesOf(index)?.runs ?? [];
  }

  /**
   * Where a breakpoint on 1-based `line` of `file` belongs; `file` as in {@link FunctionTable.files}. A line without code moves to the
   * next line with code of the functions around it, else to the next function below. `undefined` where there is none.
   */
  placesOf(file: string, line: number): LineMatch | undefined {
    if (this.#isUnverified(file, line)) return undefined;
    const starts = this.#table.functionsOf(file).map((index) => this.#table.entry(index)?.startLine ?? 0);
    const below = [...new Set(starts.filter((start) => start > line))].sort((a, b) => a - b);
    for (const from of [line, ...below]) {
      const match = this.#placesFrom(file, from);
      if (match) return match;
    }
    return undefined;
  }

  /**
   * Functions that may have code of the line: those that were declared last before it, with their closures and instances, and those
   * that have code of the file inlined.
   */
  functionsAround(file: string, line: number): readonly DefinedIndex[] {
    // Only a comment can give lines to a grammar or template; functions start in another file then.
    if (!file.endsWith(".go")) return this.#table.functionsOf(file);
    const own: { readonly index: DefinedIndex; readonly name: string; readonly start: number }[] = [];
    const others: DefinedIndex[] = [];
    for (const index of this.#table.functionsOf(file)) {
      const entry = this.#table.entry(index);
      // Initialisers of package variables are one function for all files, and start wherever the first of them is.
      if (!entry || this.#table.file(index, 0) !== file || /\.init(?:\.\d+)?$/.test(entry.name)) others.push(index);
      else if (entry.startLine <= line) own.push({ index, name: entry.name, start: entry.startLine });
      // What was inlined may stand anywhere in the file.
      if (entry?.inlineTree !== undefined) others.push(index);
    }
    const outer = own.filter(({ name }) => !isNested(name));
    const last = Math.max(0, ...outer.map(({ start }) => start));
    return [...new Set([...own.filter(({ start }) => start >= last).map(({ index }) => index), ...others])];
  }

  /** Whether the function around the line is in a listing of other sources: where its lines are is not known, and another function's are no answer. */
  #isUnverified(file: string, line: number): boolean {
    return this.functionsAround(file, line).some((index) => {
      const { startLine = Infinity, name = "" } = this.#table.file(index, 0) === file ? (this.#table.entry(index) ?? {}) : {};
      return startLine <= line && !isNested(name) && this.isListed(index) && this.aligned(index) === undefined;
    });
  }

  #placesFrom(file: string, line: number): LineMatch | undefined {
    const places = new Map<number, LinePlace[]>();
    for (const index of this.functionsAround(file, line)) {
      const starts = new Map<number, ModuleOffset>();
      for (const { position, offset } of this.placesIn(index)) {
        if (position.line < line || !isSameFile(position, file)) continue;
        if (offset < (starts.get(position.line) ?? Infinity)) starts.set(position.line, offset);
      }
      for (const [found, offset] of starts) {
        const known = places.get(found);
        if (known) known.push({ index, offset });
        else places.set(found, [{ index, offset }]);
      }
    }
    const next = Math.min(...places.keys());
    const found = places.get(next);
    return found && { line: next, places: found };
  }

  /** Places for breakpoints: where a function is entered, and where its lines begin; of what the compiler made around another function, those of the latter. */
  placesIn(index: DefinedIndex): readonly { readonly position: ListedPosition; readonly offset: ModuleOffset }[] {
    const lines = this.#linesOf(index);
    if (!lines?.aligned.goFrame) return [];
    const entry = declarationOffset(lines.aligned);
    const position = positionAt(lines.aligned, entry);
    const runs = lines.runs.map(({ position, start }) => ({ position, offset: start }));
    const { wrapper, inlineTree } = this.#table.entry(index) ?? {};
    if (wrapper) return inlineTree === undefined ? [] : runs.filter((run) => run.position.line !== position?.line);
    return position ? [{ position, offset: entry }, ...runs] : runs;
  }

  #linesOf(index: DefinedIndex): Lines | undefined {
    if (this.#lines.has(index)) return this.#lines.get(index);
    let lines: Lines | undefined;
    for (const alignment of this.#tries(index)) {
      if ("aligned" in alignment) lines ??= { aligned: alignment.aligned, runs: lineRuns(alignment.aligned) };
    }
    lines ??= this.#givenLines(index);
    this.#lines.set(index, lines);
    return lines;
  }

  #givenLines(index: DefinedIndex): Lines | undefined {
    const func = this.#module.functions[this.#module.importedFunctionCount + index];
    const aligned = func && this.#given && alignGiven(this.#module, this.#table, func, this.#given);
    return aligned && { aligned, runs: lineRuns(aligned) };
  }

  #tries(index: DefinedIndex): ReturnType<typeof align>[] {
    const func = this.#module.functions[this.#module.importedFunctionCount + index];
    const tries: ReturnType<typeof align>[] = [];
    if (!func) return tries;
    for (const { listing, range } of this.#candidates(index)) {
      const listed = readListedFunction(listing.read(range));
      const alignment = listed ? align(listed, this.#module, func) : { mismatch: "the listing has lines that are not known" };
      if ("aligned" in alignment) return [alignment];
      tries.push(alignment);
    }
    return tries;
  }

  #candidates(index: DefinedIndex): readonly { readonly listing: Listing; readonly range: ListingRange }[] {
    const name = this.#table.name(index);
    return this.#listings.flatMap((listing) => listing.index.find("function", name).map((range) => ({ listing, range })));
  }
}

/** Closures, and what the compiler makes for `go`, `defer` and range-over-func, by the names that it gives them. */
function isNested(name: string): boolean {
  return /\.(?:func\d+|gowrap\d+|deferwrap\d+)(?:[.-]|$)|-range\d+/.test(name);
}

/** Under a `//line` comment the listing has the name as it was written, and the function table an absolute one. */
function isSameFile(position: ListedPosition, file: string): boolean {
  return position.file === file || file.endsWith(`/${position.file}`);
}
