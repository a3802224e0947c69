/**
 * Go's program counters on WebAssembly: the number of a function and of a resume point in it, never a byte offset.
 * Source: cmd/internal/obj/wasm/wasmobj.go, cmd/link/internal/wasm/asm.go.
 */
import { functionIndex, type FunctionIndex } from "#core/wasm/offsets.ts";

/** Index of a function with imported functions not counted: its entry in the code section, and in Go's function table. */
export type DefinedIndex = number & { readonly unit: "defined" };

export const definedIndex = (value: number): DefinedIndex => value as DefinedIndex;

export const toFunctionIndex = (index: DefinedIndex, importedFunctionCount: number): FunctionIndex =>
  functionIndex(index + importedFunctionCount);

/** `undefined` for an imported function. */
export const toDefinedIndex = (index: FunctionIndex, importedFunctionCount: number): DefinedIndex | undefined =>
  index < importedFunctionCount ? undefined : definedIndex(index - importedFunctionCount);

/** A place in a Go function. `block` is what the toolchain calls PC_B: it counts resume points, so many instructions share one. */
export interface ProgramCounter {
  readonly index: DefinedIndex;
  readonly block: number;
}

/** The linker's number of the first function (`funcValueOffset`), so that small numbers are no functions. */
const firstFunction = 0x1000;

/** `value` is the number as it stands in memory: the function above bit 16, the block below. `undefined` where it is below the first function. */
export function splitProgramCounter(value: number): ProgramCounter | undefined {
  const entry = Math.floor(value / 0x10000);
  if (entry < firstFunction) return undefined;
  return { index: definedIndex(entry - firstFunction), block: value % 0x10000 };
}

/** The opposite of {@link splitProgramCounter}. */
export const joinProgramCounter = (index: DefinedIndex, block: number): number => (index + firstFunction) * 0x10000 + block;
