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
  /** That row. */
  readonly row: number;
}

/** `br_table` jumps behind an `End` without running it, and engines take no breakpoint on what only opens a block. */
const structural = new Set(["End", "Block", "Loop", "Else"]);

/**
 * The runs of a function's lines, in the order of the code. Rows of block 0 are left out: they run again whenever the function is resumed
 * or its stack has grown. Functions that call nothing are never resumed, and have statements in block 0.
 */
export function lineRuns(aligned: AlignedFunction): readonly LineRun[] {
  const runs: LineRun[] = [];
  const leaf = isLeaf(aligned);
  const first = prologueEnd(aligned);
  let last = -1;
  for (let row = first; row < aligned.offsets.length; row++) {
    if ((!leaf && aligned.blocks[row] === 0) || structural.has(aligned.operations[row]!.operation)) continue;
    const position = aligned.positionOf[row]!;
    if (position === last) continue;
    last = position;
    const listed = aligned.positions[position]!;
    if (listed.line > 0) runs.push({ position: listed, start: moduleOffset(aligned.offsets[row]!), row });
  }
  return runs;
}

/** It calls nothing, not even for a larger stack. */
function isLeaf({ operations }: AlignedFunction): boolean {
  return !operations.some(({ operation }) => operation === "Call" || operation === "CallIndirect");
}

/**
 * Offset of the first instruction that belongs to a line and runs once in a call: the frame is made, but a closure may not have
 * its captured variables in it yet.
 */
export function entryOffset(aligned: AlignedFunction): ModuleOffset {
  const leaf = isLeaf(aligned);
  for (let row = frameRow(aligned); row < aligned.offsets.length; row++) {
    if ((!leaf && aligned.blocks[row] === 0) || structural.has(aligned.operations[row]!.operation)) continue;
    if (aligned.positions[aligned.positionOf[row]!]!.line > 0) return moduleOffset(aligned.offsets[row]!);
  }
  return aligned.code.start;
}

/** Offset behind the prologue: the frame is made, and a closure has its captured variables in it. */
export function bodyStart(aligned: AlignedFunction): ModuleOffset {
  const runs = lineRuns(aligned);
  return runs[0]?.start ?? aligned.code.start;
}

/** The first row that runs once in a call: that of the first block behind the prologue, in a leaf that behind the dispatch. */
function frameRow(aligned: AlignedFunction): number {
  const { blocks, operations } = aligned;
  const row = isLeaf(aligned)
    ? operations.findIndex(({ operation }) => operation === "BrTable") + 1
    : blocks.findIndex((block) => block > 0);
  return Math.max(row, 0);
}

/**
 * The row behind the prologue. A closure copies what it captured from the context into its frame before anything else; a breakpoint in
 * between would show garbage, and does where the closure is one line long. A copy is a store into the frame, on the line of the
 * declaration, of what was read through the context register, or of an address that was made of it.
 */
export function prologueEnd(aligned: AlignedFunction): number {
  const { operations, frameSize, closure, positionOf } = aligned;
  const first = frameRow(aligned);
  if (!closure) return first;
  let row = first;
  while (structural.has(operations[row]?.operation ?? "")) row++;
  if (operations[row]?.operation !== "Get" || operations[row]?.operands !== "CTXT") return first;
  const declaration = positionOf[row];
  const fromContext = new Set<string>();
  let end = first;
  let captured = true;
  let target = frameSize;
  for (; row < operations.length && positionOf[row] === declaration; row++) {
    const { operation, operands } = operations[row]!;
    if (leaves.test(operation)) return end;
    if (operation === "Set") {
      // The operations have no `Get` behind the `Set` of the same register, so the value may still be in use.
      if (captured) fromContext.add(operands);
      else fromContext.delete(operands);
    } else if (operation === "Get" && operands === "SP") {
      target = frameOffset(operations, row);
    } else if (operation === "Get") {
      captured ||= fromContext.has(operands);
    } else if (stores.test(operation)) {
      if (!captured || target >= frameSize) return end;
      end = row + 1;
      captured = false;
    }
  }
  return end;
}

const stores = /^(?:[IFV]\d+Store\d*|MemoryCopy)$/;
const leaves = /^(?:Call|CallIndirect|If|Loop|Br|BrIf|Return)$/;

/** What `Get SP; I64ExtendI32U; I64Const $k; I64Add` points to; without a constant it is the frame's first byte. */
const frameOffset = (operations: AlignedFunction["operations"], row: number): number =>
  operations[row + 2]?.operation === "I64Const" ? Number(operations[row + 2]!.operands.slice(1)) : 0;

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
    if (isCall(aligned.operations[row]!.operation)) call = row;
  }
  return call;
}

/**
 * The row where a caller goes on when a call has returned to `block`, also after a panic was recovered: the first of the block that a
 * breakpoint may stand on. `undefined` where the function does not go on.
 */
export function resumeRow({ blocks, operations }: AlignedFunction, block: number): number | undefined {
  const row = blocks.findIndex((at, row) => at >= block && !structural.has(operations[row]!.operation));
  return row < 0 ? undefined : row;
}

/** Rows that call something, from `start` up to `end` (exclusive): where a step into a function waits. */
export function callRows({ operations }: AlignedFunction, start: number, end: number): readonly number[] {
  const rows: number[] = [];
  for (let row = start; row < end && row < operations.length; row++) {
    if (isCall(operations[row]!.operation)) rows.push(row);
  }
  return rows;
}

const isCall = (operation: string): boolean => operation === "Call" || operation === "CallIndirect";
