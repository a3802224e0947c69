import { basename } from "node:path";
import { isGoModule } from "#core/go/binary/go-module.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import type { ProgramModule } from "../launch/launch-plan.ts";
import { runtimePanics } from "../exceptions/runtime-panics.ts";
import { disassemblySymbols } from "./disassembly.ts";
import { dwarfSymbols, type DwarfSymbols } from "./dwarf.ts";
import type { ExceptionSource } from "./exception-source.ts";
import { type GoOptions, goSymbols } from "./go.ts";
import type { ModuleSymbols } from "./module-symbols.ts";
import { parsedModule } from "./parsed-module.ts";
import { readBeside } from "./read-beside.ts";
import { sourceMapSymbols } from "./source-map.ts";
import { watSymbols } from "./wat.ts";

/** Debug information of one module. */
export interface LoadedSymbols {
  readonly wasm: WasmModule;
  /** The best there is. */
  readonly symbols: ModuleSymbols;
  /** For places that `symbols` knows nothing of; the same object where there is nothing better. */
  readonly disassembly: ModuleSymbols;
  /** The file that it was read from, where others may have been changed since it was built; `undefined` where the launch has built it. */
  readonly file: string | undefined;
  /** Errors of the language's runtime, where it has such. */
  readonly exceptions: ExceptionSource | undefined;
}

type Loader = (program: ProgramModule, signal?: AbortSignal) => Promise<ModuleSymbols | undefined>;

/** In the order of their worth: the text that was encoded, then DWARF, which has types, then a source map, which has lines only. */
const loaders: readonly Loader[] = [fromWat, fromDwarf, fromSourceMap];

/** Never rejects for damaged debug information: what cannot be read is in the notes. Rejects when `signal` says that nobody wants it any more. */
export async function loadSymbols(program: ProgramModule, options: GoOptions, signal?: AbortSignal): Promise<LoadedSymbols> {
  const { module: wasm } = parsedModule(program.bytes);
  // Go's compiler writes no debug information; what there is instead is its function table. What "go-wasm dwarf" has added serves without a listing.
  const listed = (program.go?.listings.length ?? 0) > 0;
  const go = isGoModule(wasm)
    ? await goSymbols(wasm, program.go, options, listed ? undefined : await openDwarf(program, signal))
    : undefined;
  const notes = go && "problem" in go ? [go.problem] : [];
  const disassembly = disassemblySymbols({ module: wasm, name: basename(program.path), notes });
  if (go && "kind" in go) return { wasm, symbols: go, disassembly, exceptions: go.exceptions, file: undefined };
  const file = program.watText === undefined ? program.path : undefined;
  for (const load of loaders) {
    const symbols = await load(program, signal);
    if (symbols) return { wasm, symbols, disassembly, exceptions: runtimePanics(wasm, symbols.linkedNames), file };
  }
  return { wasm, symbols: disassembly, disassembly, exceptions: runtimePanics(wasm), file };
}

function fromWat({ path, bytes, watText }: ProgramModule): Promise<ModuleSymbols | undefined> {
  return Promise.resolve(watText === undefined ? undefined : watSymbols({ path, text: watText, bytes }));
}

function fromDwarf(program: ProgramModule, signal?: AbortSignal): Promise<ModuleSymbols | undefined> {
  return openDwarf(program, signal);
}

function openDwarf(program: ProgramModule, signal?: AbortSignal): Promise<DwarfSymbols | undefined> {
  return dwarfSymbols({
    bytes: program.bytes,
    name: basename(program.path),
    readFile: readBeside(program.path),
    ...(program.file === undefined ? {} : { file: program.file }),
    ...(signal ? { signal } : {}),
  });
}

function fromSourceMap(program: ProgramModule): Promise<ModuleSymbols | undefined> {
  return sourceMapSymbols({ bytes: program.bytes, path: program.path, name: basename(program.path), readFile: readBeside(program.path) });
}
