import { functionName } from "#core/wasm/function-name.ts";
import { identifier } from "#core/wasm/identifier.ts";
import { readLocals } from "#core/wasm/locals.ts";
import { readModule, type WasmModule } from "#core/wasm/module.ts";
import type { ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat, type EncodedFunction } from "#core/wat/encode.ts";
import type { FunctionInfo, LineMatch, LogicalFrame, ModuleSymbols, Scope, SourcePosition, SymbolSource } from "./module-symbols.ts";
import { dollarNames, wasmScopes } from "./wasm-scopes.ts";
import { WatLines, type WatInstruction } from "./wat-lines.ts";

export interface WatInput {
  /** Of the `.wat` file; the name of the one source. */
  readonly path: string;
  readonly text: string;
  /** The module that runs. */
  readonly bytes: Uint8Array;
}

/** Symbols of a module that was encoded from a `.wat` file by {@link encodeWat}; `undefined` where `bytes` did not come from `text`. */
export function watSymbols({ path, text, bytes }: WatInput): ModuleSymbols | undefined {
  const document = WatDocument.open(text, "wat");
  const encoded = encodeWat(document);
  if (!encoded.bytes || !sameBytes(encoded.bytes, bytes)) return undefined;
  const source: SymbolSource = { key: "wat", name: path, candidates: [], content: () => text };
  const { lines } = document;
  const spans = encoded.functions.map((func) => ({
    func,
    first: lines.lineAt(func.span.start) + 1,
    last: lines.lineAt(func.span.end) + 1,
  }));
  return new WatSymbols(readModule(bytes).module, source, new WatLines(encoded, bytes, lines), spans, lines.lineCount);
}

/** 1-based lines that a function's field takes up. */
interface FunctionLines {
  readonly func: EncodedFunction;
  readonly first: number;
  readonly last: number;
}

class WatSymbols implements ModuleSymbols {
  readonly kind = "wat";
  readonly notes: readonly string[] = [];
  readonly #module: WasmModule;
  readonly #source: SymbolSource;
  readonly #lines: WatLines;
  readonly #functions: readonly FunctionLines[];
  readonly #lineCount: number;

  constructor(module: WasmModule, source: SymbolSource, lines: WatLines, functions: readonly FunctionLines[], lineCount: number) {
    this.#module = module;
    this.#source = source;
    this.#lines = lines;
    this.#functions = functions;
    this.#lineCount = lineCount;
  }

  sources(): readonly SymbolSource[] {
    return [this.#source];
  }

  offsetsOf(_source: SymbolSource, line: number, column?: number): LineMatch | undefined {
    // A line inside of a function stays in it; one between functions goes on to the next function.
    const around = this.#functions.find(({ first, last }) => first <= line && line <= last);
    const found = this.#lines.firstFrom(line, around?.last ?? this.#lineCount);
    if (found === undefined) return undefined;
    const places = this.#lines.on(found);
    const place = column === undefined || found !== line ? undefined : nearest(places, column);
    if (place) return { line: found, column: place.column, ranges: [place.range] };
    return { line: found, ranges: firstOfEachFunction(places).map((instruction) => instruction.range) };
  }

  linesWithCode(_source: SymbolSource, from: number, to: number): readonly number[] {
    return this.#lines.between(from, to);
  }

  positionOf(offset: ModuleOffset): SourcePosition | undefined {
    const instruction = this.#lines.at(offset);
    return instruction && { source: this.#source, line: instruction.line, column: instruction.column, inlined: [] };
  }

  functionAt(offset: ModuleOffset): FunctionInfo | undefined {
    const func = this.#module.functionAt(offset);
    if (!func?.body) return undefined;
    const named = this.#module.names().functions.get(func.index);
    const name = named === undefined ? functionName(this.#module, func) : identifier(named);
    const encoded = this.#functions.find((entry) => (entry.func.index as number) === func.index);
    return { index: func.index, name, range: func.body, bodyStart: encoded?.func.bodyStart ?? func.body.start };
  }

  stepRanges(offset: ModuleOffset): readonly ModuleRange[] {
    const instruction = this.#lines.at(offset);
    return instruction ? this.#lines.rangesOn(instruction.func, instruction.line) : [];
  }

  languageAt(): "wat" {
    return "wat";
  }

  scopesAt(frame: LogicalFrame): Scope[] {
    const module = this.#module;
    const func = module.functionAt(frame.offset);
    const locals = func && readLocals(module, func);
    return wasmScopes(frame.state, {
      locals: dollarNames(func && module.names().locals.get(func.index)),
      globals: dollarNames(module.names().globals),
      paramCount: locals?.params.length ?? 0,
      localTypes: locals ? [...locals.params, ...locals.locals] : [],
      globalTypes: module.globals.map((global) => global.type),
    });
  }
}

/** The instruction whose text has the column, else the next one on the line, else the last. */
function nearest(places: readonly WatInstruction[], column: number): WatInstruction | undefined {
  const byColumn = [...places].sort((left, right) => left.column - right.column);
  return byColumn.find((place) => column < place.endColumn) ?? byColumn.at(-1);
}

function firstOfEachFunction(places: readonly WatInstruction[]): WatInstruction[] {
  const seen = new Set<EncodedFunction>();
  return places.filter((place) => !seen.has(place.func) && seen.add(place.func));
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
