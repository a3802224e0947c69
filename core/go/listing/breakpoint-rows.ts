/** Which instructions of a Go function a breakpoint may stand on. */
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import { rowAt } from "../binary/code-rows.ts";
import type { AlignedFunction } from "./align.ts";
import { isStructural, prologueEnd } from "./function-start.ts";
import type { ListedPosition } from "./listed-position.ts";

/** A place where a line begins. */
export interface LineRun {
  readonly position: ListedPosition;
  readonly start: ModuleOffset;
  /** The row at `start`. */
  readonly row: number;
}

/** Consecutive rows of one position. */
interface Run {
  /** The first row that a breakpoint may stand on. */
  readonly first: number;
  /** The first row that does something for the line; `undefined` where all rows only jump or keep registers. */
  readonly work: number | undefined;
}

/**
 * Where the lines of a function's body begin, in the order of the code. The compiler gives jumps, and what keeps registers on the stack around
 * a call of the write barrier, the position of what comes next in the source, although the next line may be reached without them; so they
 * begin a line only where it has nothing else.
 */
export function lineRuns(aligned: AlignedFunction): readonly LineRun[] {
  const { positions, positionOf, offsets } = aligned;
  const runs = allRuns(aligned);
  const working = new Set(runs.flatMap(({ work }) => (work === undefined ? [] : lineKey(positions[positionOf[work]!]!))));
  const found: LineRun[] = [];
  for (const { first, work } of runs) {
    const position = positions[positionOf[first]!]!;
    if (position.line === 0 || (work === undefined && working.has(lineKey(position)))) continue;
    const row = work ?? first;
    found.push({ position, start: moduleOffset(offsets[row]!), row });
  }
  return found;
}

const lineKey = ({ file, line }: ListedPosition): string => `${file}:${line}`;

function allRuns(aligned: AlignedFunction): readonly Run[] {
  const { operations, positionOf } = aligned;
  const runs: Run[] = [];
  for (let row = prologueEnd(aligned); row < operations.length;) {
    const position = positionOf[row]!;
    let end = row;
    let first: number | undefined;
    for (; end < operations.length && (positionOf[end] === position || isStructural(operations[end]!.operation)); end++) {
      if (!isStructural(operations[end]!.operation)) first ??= end;
    }
    if (first !== undefined) runs.push({ first, work: workRow(aligned, first, end) });
    row = end;
  }
  return runs;
}

/** The first row from `start` up to `end` (exclusive) that is no part of a jump or of a register's way to the stack. */
function workRow({ operations }: AlignedFunction, start: number, end: number): number | undefined {
  for (let row = start; row < end;) {
    if (isStructural(operations[row]!.operation)) row++;
    else if (isJump(operations, row) || isSpill(operations, row)) row += 3;
    else return row;
  }
  return undefined;
}

/** `I32Const $block; Set PC_B; Br`: back to the dispatch, or to a block behind. */
export function isJump(operations: AlignedFunction["operations"], row: number): boolean {
  const [constant, set, branch] = operations.slice(row, row + 3);
  return constant?.operation === "I32Const" && set?.operands === "PC_B" && branch?.operation === "Br";
}

/** `Get SP; Get R0; I64Store name(SP)`: no other store names what it stores to. */
export function isSpill(operations: AlignedFunction["operations"], row: number): boolean {
  const [base, value, store] = operations.slice(row, row + 3);
  return base?.operands === "SP" && value?.operation === "Get" && /Store/.test(store?.operation ?? "") && store!.operands.endsWith("(SP)");
}

/** Offset behind the prologue: the frame is made, and a closure has its captured variables in it. */
export function bodyStart(aligned: AlignedFunction): ModuleOffset {
  return lineRuns(aligned)[0]?.start ?? aligned.code.start;
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
    if (isCall(aligned.operations[row]!.operation)) call = row;
  }
  return call;
}

/**
 * The row where a caller goes on when a call has returned to `block`, also after a panic was recovered: the first of the block that a
 * breakpoint may stand on. `undefined` where the function does not go on.
 */
export function resumeRow({ blocks, operations }: AlignedFunction, block: number): number | undefined {
  const row = blocks.findIndex((at, row) => at >= block && !isStructural(operations[row]!.operation));
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
