import type { Feature, Immediate } from "../instructions.ts";

/** A memory argument with the width of the access in bytes, which is also its default alignment. */
type MemoryArgument = "memarg:1" | "memarg:2" | "memarg:4" | "memarg:8" | "memarg:16";

/**
 * One instruction as the data files write it: name; opcode byte, or the number behind the group's prefix; operand and result types
 * (`address i32 -> i32`; empty where they depend on the module); immediates in the order of the text format.
 */
export type InstructionRow = readonly [
  name: string,
  code: number,
  signature: string,
  ...immediates: (Exclude<Immediate, "memarg"> | MemoryArgument)[],
];

/** Rows that came into WebAssembly together and share a prefix byte. */
export interface InstructionGroup {
  readonly since: Feature;
  readonly prefix?: 0xfb | 0xfc | 0xfd | 0xfe;
  readonly rows: readonly InstructionRow[];
}
