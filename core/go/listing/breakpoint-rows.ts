/** Which instructions of a Go function a breakpoint may stand on. */
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import { rowAt } from "../binary/code-rows.ts";
import type { AlignedFunction } from "./align.ts";
import type { ListedPosition } from "./listed-position.ts";

/** Consecutive rows of one position. */
export interface LineRun {
  readonly position: ListedPosition;
  /** Of the first row that a breakpoint may stand on. */
  readonly start: ModuleOffset;
}

/** `br_table` jumps behind an `End` without running it, and engines take no breakpoint on what only opens a block. */
const structural = new Set(["End", "Block", "Loop", "Else"]);

/**
 * The runs of a function's lines, in the order of the code. Rows of block 0 are left out: they run again whenever the function is resumed
 * or its stack has grown. Only leaf functions of optimised builds have nothing else, and are never resumed.
 */
export function lineRuns(aligned: AlignedFunction): readonly LineRun[] {
  const runs: LineRun[] = [];
  const leaf = !aligned.blocks.some((block) => block > 0);
  const first = prologueEnd(aligned);
  let last = -1;
  for (let row = first; row < aligned.offsets.length; row++) {
    if ((!leaf && aligned.blocks[row] === 0) || structural.has(aligned.operations[row]!.operation)) continue;
    const position = aligned.positionOf[row]!;
    if (position === last) continue;
    last = position;
    const listed = aligned.positions[position]!;
    if (listed.line > 0) runs.push({ position: listed, start: moduleOffset(aligned.offsets[row]!) });
  }
  return runs;
}

/** Offset behind the prologue: the frame is made, and a closure has its captured variables in it. */
export function bodyStart(aligned: AlignedFunction): ModuleOffset {
  const runs = lineRuns(aligned);
  return runs[0]?.start ?? aligned.code.start;
}

/**
 * The row behind the prologue. A closure copies what it captured from the context into its frame before anything else; a breakpoint in
 * between would show garbage, and does where the closure is one line long. Such copies are stores into the frame of what was loaded
 * through the register that took the context.
 */
export function prologueEnd({ operations, blocks, frameSize, closure }: AlignedFunction): number {
  const first = Math.max(
    blocks.findIndex((block) => block > 0),
    0,
  );
  if (!closure) return first;
  let row = first;
  while (operations[row] && structural.has(operations[row]!.operation)) row++;
  if (operations[row]?.operation !== "Get" || operations[row]?.operands !== "CTXT" || operations[row + 1]?.operation !== "Set")
    return first;
  const context = operations[row + 1]!.operands;
  let end = row + 2;
  for (let next = copyEnd(operations, end, context, frameSize); next > end; next = copyEnd(operations, end, context, frameSize)) end = next;
  return end;
}

const stores = /^(?:[IFV]\d+Store\d*|MemoryCopy)$/;
const calls = /^(?:Call|CallIndirect|If|Loop|BrIf|Return)$/;

/** Behind the statement at `start`, if it copies from the context into the frame; else `start`. */
function copyEnd(operations: AlignedFunction["operations"], start: number, context: string, frameSize: number): number {
  if (operations[start]?.operation !== "Get" || operations[start]?.operands !== "SP") return start;
  // `Get SP; I64ExtendI32U; I64Const $k; I64Add`: the place in the frame; without a constant it is the frame's first.
  const offset = operations[start + 2]?.operation === "I64Const" ? Number(operations[start + 2]!.operands.slice(1)) : 0;
  if (!(offset < frameSize)) return start;
  let usesContext = false;
  for (let row = start + 1; row < operations.length; row++) {
    const { operation, operands } = operations[row]!;
    if (operation === "Get" && operands === context) usesContext = true;
    if (calls.test(operation)) return start;
    if (stores.test(operation)) return usesContext ? row + 1 : start;
  }
  return start;
}

/** Position of the instruction at `offset`; `undefined` before the first row, and where the compiler knows none. */
export function positionAt(aligned: AlignedFunction, offset: ModuleOffset): ListedPosition | undefined {
  const row = rowAt(aligned, offset);
  if (row < 0) return undefined;
  const position = aligned.positions[aligned.positionOf[row]!]!;
  return position.line > 0 ? position : undefined;
}

/** The call that a return to `block` belongs to: the last one before the block's first row. Exact, other than the function table's lines. */
export function callRowBefore(aligned: AlignedFunction, block: number): number | undefined {
  let call: number | undefined;
  for (let row = 0; row < aligned.offsets.length; row++) {
    if (call !== undefined && aligned.blocks[row]! >= block) return call;
    if (/^Call(?:Indirect)?$/.test(aligned.operations[row]!.operation)) call = row;
  }
  return call;
}
