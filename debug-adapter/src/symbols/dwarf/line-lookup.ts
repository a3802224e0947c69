import { attribute, tag } from "#core/dwarf/constants.ts";
import type { DebugInfo, PlacedRow } from "#core/dwarf/debug-info.ts";
import { enclosingBlocks } from "#core/dwarf/functions.ts";
import { rowFlag, type LineRows } from "#core/dwarf/line-table.ts";
import type { ModuleRange } from "#core/wasm/offsets.ts";
import type { LineMatch, SymbolSource } from "../module-symbols.ts";
import type { AddressSpace } from "./addresses.ts";
import type { CodePiece, CodePieces } from "./code-pieces.ts";
import { lineFrom, rowsOfLine, type DwarfSources, type LineOrder } from "./sources.ts";

interface Candidate {
  readonly order: LineOrder;
  readonly row: number;
}

/** Where a breakpoint on a line belongs: the first place of the line in each function and each inlined copy, behind the prologue. */
export function placesOfLine(
  info: DebugInfo,
  pieces: CodePieces,
  sources: DwarfSources,
  addresses: AddressSpace,
  source: SymbolSource,
  asked: number,
): LineMatch | undefined {
  const orders = sources.ordersOf(source);
  const line = Math.min(...orders.map((order) => lineFrom(order, asked) ?? Infinity));
  if (line === Infinity) return undefined;
  const candidates = orders.flatMap((order) => rowsOfLine(order, line).map((row) => ({ order, row })));
  const withCode = candidates.filter(({ order, row }) => order.rows.addresses[row + 1]! > order.rows.addresses[row]!);
  const chosen = firstOfEachCopy(pieces, withCode.length > 0 ? withCode : candidates);

  const places = chosen.map(({ order, row, piece, isInlined }) => {
    const address = order.rows.addresses[row]!;
    const body = piece && !isInlined ? bodyAddress(info, piece) : address;
    return address < body ? rangeOfRow(addresses, info.rowAt(body), body) : rangeOfRow(addresses, { rows: order.rows, row }, address);
  });
  const lines = new Set(places.map((place) => place.line));
  const columns = new Set(places.map((place) => place.column));
  const [onlyLine] = lines;
  const [onlyColumn] = columns;
  const ranges = places.map((place) => place.range).sort((a, b) => a.start - b.start);
  const found = lines.size === 1 && onlyLine ? onlyLine : line;
  return columns.size === 1 && onlyColumn ? { line: found, column: onlyColumn, ranges } : { line: found, ranges };
}

interface Chosen extends Candidate {
  readonly piece: CodePiece | undefined;
  readonly isInlined: boolean;
}

/** A line may have many pieces of code in a function, a loop's head for one: only the first is where the line begins. */
function firstOfEachCopy(pieces: CodePieces, candidates: readonly Candidate[]): readonly Chosen[] {
  const copies = new Map<string, Chosen>();
  for (const { order, row } of candidates) {
    const address = order.rows.addresses[row]!;
    const piece = pieces.at(address);
    const inlined = piece?.entry && enclosingBlocks(piece.entry, address).findLast((block) => block.tag === tag.inlinedSubroutine);
    const home = inlined ?? piece?.entry;
    const key = home ? `${home.unit.offset}:${home.offset}` : `piece ${piece?.low ?? order.program.offset}`;
    const known = copies.get(key);
    if (!known || isBetter({ order, row }, known)) copies.set(key, { order, row, piece, isInlined: inlined !== undefined });
  }
  return [...copies.values()];
}

function isBetter(candidate: Candidate, known: Candidate): boolean {
  const statement = candidate.order.rows.flags[candidate.row]! & rowFlag.statement;
  const knownStatement = known.order.rows.flags[known.row]! & rowFlag.statement;
  if (statement !== knownStatement) return statement > knownStatement;
  return candidate.order.rows.addresses[candidate.row]! < known.order.rows.addresses[known.row]!;
}

interface Place {
  readonly range: ModuleRange;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** From `address` to the end of the rows of the same line. */
function rangeOfRow(addresses: AddressSpace, placed: Pick<PlacedRow, "rows" | "row"> | undefined, address: number): Place {
  const start = addresses.instructionFrom(address);
  if (!placed) return { range: { start, end: start }, line: undefined, column: undefined };
  const { rows, row } = placed;
  const end = addresses.toOffset(rows.addresses[endOfLine(rows, row)]!);
  return { range: { start, end }, line: rows.lines[row]!, column: rows.columns[row]! };
}

/** The first row behind `row` that is of another line; the end of the sequence at the latest. */
function endOfLine(rows: LineRows, row: number): number {
  let next = row + 1;
  while (
    next < rows.count - 1 &&
    !(rows.flags[next]! & rowFlag.endSequence) &&
    rows.lines[next] === rows.lines[row] &&
    rows.files[next] === rows.files[row]
  )
    next++;
  return next;
}

/** Producers begin at the local declarations; where only the module says where the function is, its first row may be behind them. */
function firstRowOf(info: DebugInfo, piece: CodePiece): PlacedRow | undefined {
  for (let ahead = 0; ahead < 16; ahead++) {
    const row = info.rowAt(piece.low + ahead);
    if (row) return row;
  }
  return undefined;
}

/**
 * Address of the first instruction behind the prologue: the row that is marked so, else the second row of the function,
 * as debuggers have always guessed it, else its begin.
 */
export function bodyAddress(info: DebugInfo, piece: CodePiece): number {
  const first = firstRowOf(info, piece);
  const low = piece.entry?.value(attribute.lowPc);
  // The prologue is in the piece where the function is entered.
  if (!first || (low?.kind === "address" && low.address !== piece.low)) return piece.low;
  const { rows } = first;
  let second: number | undefined;
  for (let row = first.row; row < rows.count; row++) {
    const address = rows.addresses[row]!;
    if (address >= piece.high || rows.flags[row]! & rowFlag.endSequence) break;
    if (rows.flags[row]! & rowFlag.prologueEnd) return address;
    if (second === undefined && address > piece.low && rows.lines[row] !== 0) second = address;
  }
  return second ?? piece.low;
}
