// The words of the text format by the role that they are coloured for. Instructions come from the instruction table.
import { instructions, type Immediate } from "#core/wasm/instructions.ts";
import { atomicInstructions } from "#core/wasm/instructions/atomic.ts";
import { controlInstructions } from "#core/wasm/instructions/control.ts";
import { memoryInstructions } from "#core/wasm/instructions/memory.ts";
import { numericInstructions } from "#core/wasm/instructions/numeric.ts";
import { referenceInstructions } from "#core/wasm/instructions/reference.ts";
import type { InstructionGroup } from "#core/wasm/instructions/row.ts";
import { tableInstructions } from "#core/wasm/instructions/table.ts";
import { variableInstructions } from "#core/wasm/instructions/variable.ts";
import { vectorInstructions } from "#core/wasm/instructions/vector.ts";
import { words } from "./tokens.ts";

/** Instructions that change where execution goes on, by name. */
export const control: readonly string[] = namesOf(controlInstructions);

/** All other instructions: the last part of their scope, and their names. */
export const operations: Readonly<Record<string, readonly string[]>> = {
  variable: namesOf(variableInstructions),
  table: namesOf(tableInstructions),
  memory: namesOf(memoryInstructions),
  numeric: namesOf(numericInstructions),
  reference: namesOf(referenceInstructions),
  vector: namesOf(vectorInstructions),
  atomic: namesOf(atomicInstructions),
};

/** Names of the instructions whose first immediate is of the given kind. */
export function startingWith(...kinds: Immediate[]): readonly string[] {
  const found = instructions.filter(({ immediates }) => immediates[0] !== undefined && kinds.includes(immediates[0]));
  return [...new Set(found.map((instruction) => instruction.name))];
}

/** Parts of folded control instructions and of their clauses. */
export const controlClauses = ["then", "do", "catch_ref", "catch_all_ref", "on"];

/** Value, packed and vector types, shapes of vectors, and short names of reference types. */
export const valueTypes = [
  ...words("i32 i64 f32 f64 v128 i8 i16 i8x16 i16x8 i32x4 i64x2 f32x4 f64x2"),
  ...words("anyref eqref i31ref structref arrayref funcref externref exnref contref"),
  ...words("nullref nullfuncref nullexternref nullexnref nullcontref"),
];

/** Abstract heap types. */
export const heapTypes = [...words("any eq i31 struct array none"), ...words("func nofunc extern noextern exn noexn cont nocont")];

/** Words that begin a field of a module or a part of one. */
export const declarations = [
  ...words("module type import export table memory global elem data tag start"),
  ...words("param result local field item offset pagesize rec"),
];

/** Heap types that declare a type where they stand behind a parenthesis; `func` is another. */
export const compositeTypes = ["struct", "array", "cont"];

/** Words that change what stands beside them. */
export const modifiers = ["mut", "shared", "declare", "final", "null", "ref", "sub"];

/** Spellings from before WebAssembly 1.0 that old texts still have and no tool takes any more. */
export const outdated = [
  ...words("get_local set_local tee_local get_global set_global current_memory grow_memory anyfunc"),
  ...words("i32.wrap/i64 i32.reinterpret/f32 i64.reinterpret/f64 f32.reinterpret/i32 f64.reinterpret/i64"),
  ...words("f32.demote/f64 f64.promote/f32 i64.extend_s/i32 i64.extend_u/i32"),
  ...["i32", "i64"].flatMap((to) => ["s", "u"].flatMap((sign) => ["f32", "f64"].map((from) => `${to}.trunc_${sign}/${from}`))),
  ...["f32", "f64"].flatMap((to) => ["s", "u"].flatMap((sign) => ["i32", "i64"].map((from) => `${to}.convert_${sign}/${from}`))),
];

function namesOf(groups: readonly InstructionGroup[]): readonly string[] {
  return [...new Set(groups.flatMap((group) => group.rows.map(([name]) => name)))];
}
