/** Byte offset from byte 0 of a module. V8 and the Debug Adapter Protocol's disassembly count so. */
export type ModuleOffset = number & { readonly unit: "module" };

/** Byte offset from the first byte of the code section's contents (its function count). DWARF addresses count so. */
export type CodeOffset = number & { readonly unit: "code" };

/** Index of a function with imported functions counted first. */
export type FunctionIndex = number & { readonly unit: "function" };

export const moduleOffset = (value: number): ModuleOffset => value as ModuleOffset;
export const codeOffset = (value: number): CodeOffset => value as CodeOffset;
export const functionIndex = (value: number): FunctionIndex => value as FunctionIndex;

/** `codeStart` is the module offset of the code section's contents. */
export const toModuleOffset = (codeStart: ModuleOffset, offset: CodeOffset): ModuleOffset => (codeStart + offset) as ModuleOffset;
export const toCodeOffset = (codeStart: ModuleOffset, offset: ModuleOffset): CodeOffset => (offset - codeStart) as CodeOffset;

/** Module offsets from `start` up to `end` (exclusive). */
export interface ModuleRange {
  readonly start: ModuleOffset;
  readonly end: ModuleOffset;
}
