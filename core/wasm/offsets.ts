/** Byte offset from byte 0 of a module. V8 and the Debug Adapter Protocol's disassembly count so. */
export type ModuleOffset = number & { readonly unit: "module" };

/** Index of a function with imported functions counted first. */
export type FunctionIndex = number & { readonly unit: "function" };

export const moduleOffset = (value: number): ModuleOffset => value as ModuleOffset;
export const functionIndex = (value: number): FunctionIndex => value as FunctionIndex;

/** Module offsets from `start` up to `end` (exclusive). */
export interface ModuleRange {
  readonly start: ModuleOffset;
  readonly end: ModuleOffset;
}
