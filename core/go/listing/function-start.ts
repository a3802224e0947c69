/** How a Go function begins: dispatch, check of the stack, frame, and the copies of what a closure captured (cmd/internal/obj/wasm/wasmobj.go `preprocess`). */
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import type { AlignedFunction } from "./align.ts";

/** `br_table` jumps behind an `End` without running it, and engines take no breakpoint on what only opens a block. */
const structural = new Set(["End", "Block", "Loop", "Else"]);

export const isStructural = (operation: string | undefined): boolean => operation !== undefined && structural.has(operation);

/**
 * The first row that runs once in a call. What stands before it runs again when the function is resumed (the dispatch) or its stack has
 * grown (the check of the stack, which calls `morestack` and then starts anew). Code begins in block 0 where no frame is made.
 */
export function callStart({ operations }: AlignedFunction): number {
  const check = operations.findIndex(
    ({ operation, operands, block }) => operation === "Call" && block === 0 && operands.startsWith("runtime.morestack"),
  );
  const from = check < 0 ? operations.findIndex(({ operation }) => operation === "BrTable") : check;
  return nextPlain(operations, from < 0 ? 0 : operations.findIndex(({ operation }, row) => row > from && operation === "End"));
}

/** The first row that finds the frame made. */
export function frameStart(aligned: AlignedFunction): number {
  const { operations, stackDeltas, frameSize } = aligned;
  const start = callStart(aligned);
  if (frameSize === 0 || stackDeltas[start] !== 0) return start;
  const [get, amount, subtract, set] = operations.slice(start, start + 4);
  const makes =
    get?.operands === "SP" && amount?.operands === `$${frameSize}` && subtract?.operation === "I32Sub" && set?.operands === "SP";
  return makes ? nextPlain(operations, start + 4) : start;
}

/**
 * Offset of the first instruction that belongs to the declaration's line and runs once in a call, which nearly every function has; others
 * begin with their first statement. A closure does not have its captured variables in its frame yet.
 */
export function entryOffset(aligned: AlignedFunction): ModuleOffset {
  return firstOnDeclaration(aligned, [...bodyRows(aligned), ...onceDispatched(aligned)]);
}

/** As {@link entryOffset}, but for breakpoints on lines: a function without a frame has no code of its declaration's line behind the dispatch. */
export function declarationOffset(aligned: AlignedFunction): ModuleOffset {
  return firstOnDeclaration(aligned, bodyRows(aligned));
}

const bodyRows = (aligned: AlignedFunction): readonly number[] => [frameStart(aligned), callStart(aligned)];

function firstOnDeclaration({ positionOf, offsets, code }: AlignedFunction, rows: readonly number[]): ModuleOffset {
  const row = rows.find((candidate) => positionOf[candidate] === positionOf[0]) ?? rows[0]!;
  return moduleOffset(offsets[row] ?? code.start);
}

/** The dispatch of a function that neither jumps back to it nor is ever resumed, as what it calls does not return: it runs once in a call. */
function onceDispatched({ operations }: AlignedFunction): number[] {
  const dispatch = operations.findIndex(({ operation }) => operation === "BrTable");
  const jumps = operations.slice(0, Math.max(dispatch, 0)).some(({ operation }) => operation === "Loop");
  const isResumed = operations.some(
    ({ operation, operands }) => operation === "CallIndirect" || (operation === "Call" && !neverReturns.test(operands)),
  );
  return dispatch < 1 || jumps || isResumed ? [] : [dispatch - 1];
}

const neverReturns = /^runtime\.(?:sigpanic|panic|goPanic)/;

/**
 * The row behind the prologue. A closure copies what it captured from the context into its frame before anything else; a breakpoint in
 * between would show garbage, and does where the closure is one line long. A copy is a store into the frame, on the line of the
 * declaration, of what was read through the context register, or of an address that was made of it.
 */
export function prologueEnd(aligned: AlignedFunction): number {
  const { operations, frameSize, closure, positionOf } = aligned;
  const first = frameStart(aligned);
  if (!closure || operations[first]?.operation !== "Get" || operations[first]?.operands !== "CTXT") return first;
  const declaration = positionOf[first];
  const fromContext = new Set<string>();
  let end = first;
  let captured = true;
  let target = frameSize;
  for (let row = first; row < operations.length && positionOf[row] === declaration; row++) {
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

function nextPlain(operations: AlignedFunction["operations"], from: number): number {
  let row = Math.max(from, 0);
  while (isStructural(operations[row]?.operation)) row++;
  return row;
}
