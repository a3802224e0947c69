import type { Feature } from "../features.ts";

/** Type of an operand or result. `address` is i32 or i64, as the memory or table says. */
export type OperandType = "i32" | "i64" | "f32" | "f64" | "v128" | "address" | "eqref" | "i31ref" | "anyref" | "externref" | "arrayref";

/**
 * What follows an instruction's name in the text format.
 *
 * - `block-type`: optional label name, then a type use (`(type x)`, `(param ...)`, `(result ...)`, all optional)
 * - `label`: one label; `labels`: one or more (`br_table`)
 * - `func`, `type`, `local`, `global`, `tag`, `data`, `elem`: an index or name; `field`: of the struct type before it
 * - `table`, `memory`: an index or name that may be left out (0). Where an instruction has two of one kind, both are there or none.
 *   `memory.init` and `table.init` may leave the first one out and keep the second
 * - `type-use`: as in a block type, without the label
 * - `memarg`: optional memory, optional `offset=`, optional `align=` (default: the width of the access)
 * - `i32`, `i64`, `f32`, `f64`: a number; `v128`: a shape and its lanes
 * - `lane`: one lane number; `lanes`: sixteen; `count`: an unsigned number
 * - `result-types`: any number of `(result ...)`
 * - `heap-type`: such as `func` or a type index; `ref-type`: such as `(ref null $t)` or `anyref`
 * - `catches`: `(catch tag label)`, `(catch_ref tag label)`, `(catch_all label)`, `(catch_all_ref label)`, any number
 * - `handlers`: `(on tag label)`, `(on tag switch)`, any number
 */
export type Immediate =
  | "block-type"
  | "label"
  | "labels"
  | "func"
  | "type"
  | "type-use"
  | "local"
  | "global"
  | "table"
  | "memory"
  | "memarg"
  | "tag"
  | "data"
  | "elem"
  | "field"
  | "i32"
  | "i64"
  | "f32"
  | "f64"
  | "v128"
  | "lane"
  | "lanes"
  | "count"
  | "result-types"
  | "heap-type"
  | "ref-type"
  | "catches"
  | "handlers";

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
  /** What they came with. */
  readonly feature: Feature;
  readonly prefix?: 0xfb | 0xfc | 0xfd | 0xfe;
  readonly rows: readonly InstructionRow[];
}
