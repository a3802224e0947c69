import { tag } from "#core/dwarf/constants.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import type { Entry } from "#core/dwarf/entries.ts";
import { callSiteOf, enclosingBlocks } from "#core/dwarf/functions.ts";
import { rowFlag, type LineRows } from "#core/dwarf/line-table.ts";
import { rangesAt, type AddressRange } from "#core/dwarf/ranges.ts";
import type { CodePiece } from "./code-pieces.ts";

/**
 * Addresses of `piece` that a step from `address` runs through: rows of its line and file, rows of no line, rows at which no statement
 * begins, and calls that were inlined into the line, as `inlined` says.
 */
export function stepAddresses(
  info: DebugInfo,
  piece: CodePiece,
  address: number,
  inlined: "skip" | "enter" | "leave",
): readonly AddressRange[] {
  const here = info.rowAt(address);
  if (!here) return [];
  const { rows } = here;
  const call = inlinedCalls(piece.entry, address).at(-1);
  if (inlined === "leave" && call) return merged([...rangesAt(call.unit, call.offset)]);

  const line = rows.lines[here.row]!;
  const file = rows.files[here.row]!;
  const ranges: AddressRange[] = [];
  forEachRow(rows, piece, (row, low, high) => {
    const isOwn = rows.lines[row] === line && rows.files[row] === file;
    const isNoStop = rows.lines[row] === 0 || !(rows.flags[row]! & rowFlag.statement);
    if (isOwn || isNoStop || (inlined === "skip" && isInlinedInto(piece.entry, low, call, line, file))) ranges.push({ low, high });
  });
  return merged(ranges);
}

function inlinedCalls(fn: Entry | undefined, address: number): readonly Entry[] {
  return fn === undefined ? [] : enclosingBlocks(fn, address).filter((block) => block.tag === tag.inlinedSubroutine);
}

/** Whether the code at `address` was inlined by a call on `line` of the function or copy that the step is in. */
function isInlinedInto(fn: Entry | undefined, address: number, copy: Entry | undefined, line: number, file: number): boolean {
  const calls = inlinedCalls(fn, address);
  const own = copy ? calls.findIndex((call) => call.offset === copy.offset) : -1;
  if (copy && own < 0) return false;
  const inner = calls[own + 1];
  if (!inner) return false;
  const site = callSiteOf(inner);
  return site.line === line && site.file === file;
}

function forEachRow(rows: LineRows, piece: CodePiece, visit: (row: number, low: number, high: number) => void): void {
  for (let row = firstRow(rows, piece.low); row < rows.count - 1; row++) {
    const low = rows.addresses[row]!;
    if (low >= piece.high) return;
    const high = rows.addresses[row + 1]!;
    if (high > low && !(rows.flags[row]! & rowFlag.endSequence)) visit(row, low, Math.min(high, piece.high));
  }
}

function firstRow(rows: LineRows, address: number): number {
  let low = 0;
  let high = rows.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows.addresses[middle]! < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorted, and joined where they touch or overlap. */
function merged(ranges: AddressRange[]): readonly AddressRange[] {
  ranges.sort((a, b) => a.low - b.low);
  const result: AddressRange[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last && range.low <= last.high) result[result.length - 1] = { low: last.low, high: Math.max(last.high, range.high) };
    else result.push(range);
  }
  return result;
}
