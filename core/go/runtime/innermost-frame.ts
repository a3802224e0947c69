/** The innermost Go frame of a stopped engine. */
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import { rowAt, unknownDelta } from "../binary/code-rows.ts";
import { splitProgramCounter } from "../binary/program-counter.ts";
import type { GoFrame } from "./frame.ts";
import type { GoCode } from "./go-code.ts";
import { wordAt, type MemoryTask } from "./memory-task.ts";

/** A frame of the engine's call stack, in the Go module. */
export interface EnginePlace {
  readonly offset: ModuleOffset;
  /** The function's first local: where a Go function is resumed (PC_B). `undefined` where the engine does not say. */
  readonly firstLocal: number | undefined;
}

/**
 * `places`: the engine's frames of the Go module, innermost first; `stackPointer`: global 0. Three places need care:
 * - helpers with wasm parameters (`memeqbody` and its like) and wrappers of exports have no frame on the Go stack: their caller counts;
 * - in the dispatch at the beginning of a resumed function, where an engine's pause likes to stop, local 0 tells the block, and the
 *   frame has been made long ago;
 * - the loop that resumes functions (`wasm_pc_f_loop`) is about to enter the one whose program counter stands below the stack pointer.
 * `undefined` where none of the places is in a Go function.
 */
export function* innermostFrame(code: GoCode, places: readonly EnginePlace[], stackPointer: number): MemoryTask<GoFrame | undefined> {
  for (const { offset, firstLocal } of places) {
    const index = code.functionAt(offset);
    if (index === undefined) continue;
    if (code.table.name(index).startsWith("wasm_pc_f_loop")) return yield* resumedFrame(code, stackPointer);
    const rows = code.rows(index);
    const row = rows ? rowAt(rows, offset) : -1;
    if (!rows) continue;
    if (rows.dispatch !== undefined && offset <= rows.dispatch && firstLocal !== undefined && firstLocal > 0) {
      const resumed = rows.blocks.findIndex((block) => block >= firstLocal);
      return {
        index,
        block: firstLocal,
        offset: moduleOffset(rows.offsets[Math.max(resumed, 0)] ?? offset),
        stackPointer,
        entry: stackPointer + code.frameSize(index),
      };
    }
    const delta = row < 0 ? 0 : rows.stackDeltas[row]!;
    if (delta === unknownDelta) return undefined;
    return { index, block: row < 0 ? 0 : rows.blocks[row]!, offset, stackPointer, entry: stackPointer + delta };
  }
  return undefined;
}

function* resumedFrame(code: GoCode, stackPointer: number): MemoryTask<GoFrame | undefined> {
  const [bytes] = yield [{ address: stackPointer - 8, length: 8 }];
  const counter = splitProgramCounter((bytes && wordAt(bytes, 0)) ?? 0);
  const delta = counter && code.table.stackDelta(counter.index, counter.block);
  if (!counter || delta === undefined) return undefined;
  return { ...counter, offset: undefined, stackPointer, entry: stackPointer + delta };
}
