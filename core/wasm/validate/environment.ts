/** What instructions refer to in their module, as numbers: equal numbers mean that nothing changes for who refers to it. */
import type { TypeTable } from "./type-table.ts";
import type { ValueType } from "./value-type.ts";

/** The context of WebAssembly 3.0, 3.1.2, without what only a function has. Entries by index, imports first as they stand in the text. */
export interface Environment {
  readonly types: TypeTable;
  /** Identity of each function's type; -1 where it is not known. */
  readonly functions: Int32Array;
  /** See {@link globalEntry}. */
  readonly globals: Int32Array;
  /** See {@link tableEntry}. */
  readonly tables: Int32Array;
  /** 1 for 64-bit addresses. */
  readonly memories: Int32Array;
  /** Identity of each tag's type. */
  readonly tags: Int32Array;
  /** Type of the elements of each segment. */
  readonly elements: Int32Array;
}

export function globalEntry(type: ValueType, mutable: boolean): number {
  return (type << 1) | (mutable ? 1 : 0);
}

/** Entry of a table. */
export function tableEntry(type: ValueType, is64: boolean): number {
  return (type << 1) | (is64 ? 1 : 0);
}

/** Type in the entry of a global or table. */
export function entryType(entry: number): ValueType {
  return entry >> 1;
}

/** Whether a global is mutable, whether a table has 64-bit addresses. */
export function entryFlag(entry: number): boolean {
  return (entry & 1) === 1;
}
