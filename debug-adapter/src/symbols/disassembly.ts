import { isBreakable } from "#core/wasm/breakable.ts";
import { disassembleFunction, type ListingLine } from "#core/wasm/disassemble.ts";
import { functionName } from "#core/wasm/function-name.ts";
import { lookupOpcode } from "#core/wasm/instructions.ts";
import { readLocals } from "#core/wasm/locals.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import type { ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import type { FunctionInfo, LineMatch, LogicalFrame, ModuleSymbols, Scope, SourcePosition, SymbolSource } from "./module-symbols.ts";
import { dollarNames, wasmScopes } from "./wasm-scopes.ts";

export interface DisassemblyInput {
  readonly module: WasmModule;
  /** Stands before the function's name in the names of sources, such as `app.wasm`. */
  readonly name: string;
  /** Why there is nothing better. */
  readonly notes?: readonly string[];
}

/** Listings of functions that were shown last; a listing takes about a hundred bytes per instruction. */
const keptListings = 32;

/**
 * Symbols of a module without any: each function is a source of its own, its disassembly, with one instruction on a line.
 * Works for every module that the engine compiles.
 */
export function disassemblySymbols({ module, name, notes = [] }: DisassemblyInput): ModuleSymbols {
  return new DisassemblySymbols(module, name, notes);
}

class DisassemblySymbols implements ModuleSymbols {
  readonly kind = "disassembly";
  readonly notes: readonly string[];
  readonly #module: WasmModule;
  readonly #name: string;
  readonly #listings = new Map<number, readonly ListingLine[]>();
  #sources: readonly SymbolSource[] | undefined;

  constructor(module: WasmModule, name: string, notes: readonly string[]) {
    this.#module = module;
    this.#name = name;
    this.notes = notes;
  }

  sources(): readonly SymbolSource[] {
    this.#sources ??= this.#module.functions.slice(this.#module.importedFunctionCount).map((func) => this.#sourceOf(func));
    return this.#sources;
  }

  offsetsOf(source: SymbolSource, line: number): LineMatch | undefined {
    const lines = this.#listingOf(source);
    const at = lines.findIndex((_, index) => index >= line - 1 && this.#breakableAt(lines, index));
    const range = at < 0 ? undefined : rangeOfLine(lines, at);
    return range && { line: at + 1, ranges: [range] };
  }

  linesWithCode(source: SymbolSource, from: number, to: number): readonly number[] {
    const lines = this.#listingOf(source);
    const found: number[] = [];
    for (let line = Math.max(1, from); line <= Math.min(to, lines.length); line++) if (this.#breakableAt(lines, line - 1)) found.push(line);
    return found;
  }

  positionOf(offset: ModuleOffset): SourcePosition | undefined {
    const func = this.#module.functionAt(offset);
    const source = func && this.sources()[func.index - this.#module.importedFunctionCount];
    if (!source) return undefined;
    const lines = this.#listing(func);
    const at = lineAt(lines, offset);
    if (at === undefined) return undefined;
    return { source, line: at + 1, column: lines[at]!.text.search(/\S/) + 1, inlined: [] };
  }

  functionAt(offset: ModuleOffset): FunctionInfo | undefined {
    const func = this.#module.functionAt(offset);
    if (!func?.body) return undefined;
    const bodyStart = readLocals(this.#module, func)?.bodyStart ?? func.body.start;
    return { index: func.index, name: functionName(this.#module, func), range: func.body, bodyStart };
  }

  stepRanges(offset: ModuleOffset): readonly ModuleRange[] {
    const func = this.#module.functionAt(offset);
    if (!func) return [];
    const lines = this.#listing(func);
    const at = lineAt(lines, offset);
    const range = at === undefined ? undefined : rangeOfLine(lines, at);
    return range ? [range] : [];
  }

  languageAt(): "wat" {
    return "wat";
  }

  scopesAt(frame: LogicalFrame): Scope[] {
    const module = this.#module;
    const func = module.functionAt(frame.offset);
    const names = module.names();
    const locals = func && readLocals(module, func);
    return wasmScopes(frame.state, {
      locals: dollarNames(func && names.locals.get(func.index)),
      globals: dollarNames(names.globals),
      paramCount: locals?.params.length ?? 0,
      localTypes: locals ? [...locals.params, ...locals.locals] : [],
      globalTypes: module.globals.map((global) => global.type),
    });
  }

  #sourceOf(func: ModuleFunction): SymbolSource {
    // The index keeps names apart where a module has two functions of one name.
    const title = `${functionName(this.#module, func).replace(/[\\/:*?"<>|\p{Cc}]/gu, "_")}-${func.index}`;
    return {
      key: String(func.index),
      name: `${this.#name}/${title}.wat`,
      candidates: [],
      content: () =>
        this.#listing(func)
          .map((line) => line.text)
          .join("\n"),
    };
  }

  #listingOf(source: SymbolSource): readonly ListingLine[] {
    const func = this.#module.functions[Number(source.key)];
    return func ? this.#listing(func) : [];
  }

  #listing(func: ModuleFunction): readonly ListingLine[] {
    const lines = this.#listings.get(func.index) ?? disassembleFunction(this.#module, func);
    this.#listings.delete(func.index);
    this.#listings.set(func.index, lines);
    for (const oldest of this.#listings.keys()) {
      if (this.#listings.size <= keptListings) break;
      this.#listings.delete(oldest);
    }
    return lines;
  }

  #breakableAt(lines: readonly ListingLine[], at: number): boolean {
    const offset = lines[at]?.offset;
    if (offset === undefined) return false;
    const instruction = lookupOpcode(this.#module.bytes[offset]!);
    return instruction === undefined || isBreakable(instruction);
  }
}

/** The line whose instruction holds `offset`: instruction lines are in the order of their offsets. */
function lineAt(lines: readonly ListingLine[], offset: ModuleOffset): number | undefined {
  let low = lines.findIndex((line) => line.offset !== undefined);
  if (low < 0 || offset < lines[low]!.offset!) return undefined;
  let high = lines.findLastIndex((line) => line.offset !== undefined);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((lines[middle]!.offset ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** From the instruction of a line up to the next one; the last is the function's `end`, of one byte. */
function rangeOfLine(lines: readonly ListingLine[], at: number): ModuleRange | undefined {
  const start = lines[at]?.offset;
  if (start === undefined) return undefined;
  const end = lines[at + 1]?.offset ?? ((start + 1) as ModuleOffset);
  return { start, end };
}
