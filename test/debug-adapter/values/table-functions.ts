import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import { functionIndex, type FunctionIndex } from "#core/wasm/offsets.ts";
import type { ModuleSymbols } from "../../../debug-adapter/src/symbols/module-symbols.ts";

/** Longest table that is looked at; compilers fill theirs without gaps. */
const tableLimit = 1_000_000;

/** Functions that the element segments of a module put into table 0, by table index: what function pointers of C-like languages hold. */
function tableFunctions(module: WasmModule): ReadonlyMap<number, FunctionIndex> {
  const functions = new Map<number, FunctionIndex>();
  const section = module.sections.find(({ kind }) => kind === "element");
  if (!section) return functions;
  const reader = new ByteReader(module.bytes, section.start, section.end);
  try {
    for (let rest = reader.uleb(); rest > 0 && readSegment(reader, functions); rest--);
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return functions;
}

/** Reads an active segment of table 0 with a constant offset and plain indices, the only form that linkers write; false for another. */
function readSegment(reader: ByteReader, functions: Map<number, FunctionIndex>): boolean {
  const flags = reader.uleb();
  if (flags !== 0 || reader.u8() !== 0x41) return false;
  const start = reader.sleb();
  if (reader.u8() !== 0x0b) return false;
  const count = reader.uleb();
  for (let at = 0; at < count && at < tableLimit; at++) functions.set(start + at, functionIndex(reader.uleb()));
  return true;
}

/** Name of the function at a table index, as the symbols have it, else out of the name section; `undefined` where there is none. */
export function tableFunctionNamer(module: WasmModule, symbols: ModuleSymbols): (tableIndex: number) => Promise<string | undefined> {
  let functions: ReadonlyMap<number, FunctionIndex> | undefined;
  return async (tableIndex) => {
    functions ??= tableFunctions(module);
    const index = functions.get(tableIndex);
    if (index === undefined) return undefined;
    const body = module.functions[index]?.body;
    const named = body && (await symbols.functionAt(body.start));
    return named?.name ?? module.names().functions.get(index);
  };
}
