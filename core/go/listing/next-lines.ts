/** Which lines of a function may run next: where a step may end. */
import { isJump, isSpill } from "./breakpoint-rows.ts";
import type { AlignedFunction } from "./align.ts";
import { isStructural } from "./function-start.ts";
import type { ListedPosition } from "./listed-position.ts";

/** The first rows of other lines than that of `position` that are come to from `starts` within the function, calls run through. */
export function nextLines(aligned: AlignedFunction, starts: readonly number[], position: ListedPosition | undefined): readonly number[] {
  const { operations, positions, positionOf } = aligned;
  const flow = flowOf(aligned);
  const seen = new Uint8Array(operations.length);
  const waiting = [...starts];
  const found: number[] = [];
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    if (row < 0 || row >= operations.length || seen[row] === 1) continue;
    seen[row] = 1;
    if (isSpill(operations, row)) {
      waiting.push(row + 3);
      continue;
    }
    const here = positions[positionOf[row]!]!;
    const other = here.line > 0 && !(position && here.line === position.line && here.file === position.file);
    if (other && !isStructural(operations[row]!.operation)) found.push(row);
    else waiting.push(...successors(aligned, flow, row));
  }
  return found;
}

/** Where the blocks are that instructions jump to. */
interface Flow {
  /** The first row of each PC_B. */
  readonly firstOf: ReadonlyMap<number, number>;
  /** For each row that opens a block, and for `Else`: row of the `Else` or `End` that it leads to. */
  readonly ends: Int32Array;
}

const flows = new WeakMap<AlignedFunction, Flow>();

function flowOf(aligned: AlignedFunction): Flow {
  let flow = flows.get(aligned);
  if (!flow) flows.set(aligned, (flow = readFlow(aligned)));
  return flow;
}

function readFlow({ operations, blocks }: AlignedFunction): Flow {
  const firstOf = new Map<number, number>();
  const ends = new Int32Array(operations.length).fill(operations.length);
  const open: number[] = [];
  for (const [row, { operation }] of operations.entries()) {
    if (!firstOf.has(blocks[row]!)) firstOf.set(blocks[row]!, row);
    if (operation === "Else" || operation === "End") {
      const opened = open.pop();
      if (opened !== undefined) ends[opened] = row;
    }
    if (operation === "Else" || operation === "If" || operation === "Block" || operation === "Loop") open.push(row);
  }
  return { firstOf, ends };
}

/** Where control may go from a row. Code of Go functions jumps through the dispatch only, by the number of a block. */
function successors({ operations }: AlignedFunction, { firstOf, ends }: Flow, row: number): readonly number[] {
  switch (operations[row]!.operation) {
    case "Return":
    case "UNDEF":
      return [];
    case "If":
      return [row + 1, ends[row]! + 1];
    case "Else":
      return [ends[row]! + 1];
    case "Br": {
      const block = isJump(operations, row - 2) ? firstOf.get(Number(operations[row - 2]!.operands.slice(1))) : undefined;
      return block === undefined ? [] : [block];
    }
    // `BrIf` behind a call leaves the function until the call returns, and then goes on behind it.
    default:
      return [row + 1];
  }
}
