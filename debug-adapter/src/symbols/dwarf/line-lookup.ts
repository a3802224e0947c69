import { attribute, tag } from "#core/dwarf/constants.ts";
import type { DebugInfo, PlacedRow } from "#core/dwarf/debug-info.ts";
import { declarationLines, enclosingBlocks } from "#core/dwarf/functions.ts";
import { rowFlag, type LineRows } from "#core/dwarf/line-table.ts";
import { rangesAt } from "#core/dwarf/ranges.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import type { ModuleRange } from "#core/wasm/offsets.ts";
import type { LineMatch, SymbolSource } from "../module-symbols.ts";
import type { AddressSpace } from "./addresses.ts";
import type { CodePiece, CodePieces } from "./code-pieces.ts";
import { isStraight } from "./straight-code.ts";
import { lineFrom, rowsOfLine, type DwarfSources, type LineOrder } from "./sources.ts";

interface Candidate {
  readonly order: LineOrder;
  readonly row: number;
}

/** Where breakpoints on source lines belong. */
export class LineLookup {
  readonly #module: WasmModule;
  readonly #info: DebugInfo;
  readonly #pieces: CodePieces;
  readonly #sources: DwarfSources;
  readonly #addresses: AddressSpace;
  readonly #declared = new Map<string, ReadonlySet<number>>();

  constructor(module: WasmModule, info: DebugInfo, pieces: CodePieces, sources: DwarfSources, addresses: AddressSpace) {
    this.#module = module;
    this.#info = info;
    this.#pieces = pieces;
    this.#sources = sources;
    this.#addresses = addresses;
  }

  /** The first place of the line in each function and each inlined copy, behind the prologue. Of several columns the one at or behind `column` is taken. */
  placesOf(source: SymbolSource, asked: number, column: number | undefined): LineMatch | undefined {
    const orders = this.#sources.ordersOf(source);
    const line = firstLineFrom(orders, asked);
    if (line === undefined || (line !== asked && this.#isInGoneFunction(source, orders, asked, line))) return undefined;
    const rows = orders.flatMap((order) => rowsOfLine(order, line).map((row) => ({ order, row })));
    const withCode = rows.filter(({ order, row }) => order.rows.addresses[row + 1]! > order.rows.addresses[row]!);
    const candidates = ofColumn(withCode.length > 0 ? withCode : rows, line === asked ? column : undefined);
    return matchOf(
      line,
      firstOfEachCopy(this.#pieces, candidates).map((chosen) => this.#placeOf(chosen)),
    );
  }

  #placeOf({ order, row, piece, isInlined }: Chosen): Place {
    const address = order.rows.addresses[row]!;
    const body = piece && !isInlined ? bodyAddress(this.#info, piece) : address;
    if (address < body) return rangeOfRow(this.#addresses, this.#info.rowAt(body), body);
    const bound = piece ? this.#rowBehindBindings(order.rows, row, piece) : row;
    return rangeOfRow(this.#addresses, { rows: order.rows, row: bound }, order.rows.addresses[bound]!);
  }

  /**
   * A pattern's names, as those of an arm of Rust's `match`, are bound by the first code of its line, and visible from behind that on:
   * for the user the line begins there. Only code that moves data is passed over.
   */
  #rowBehindBindings(rows: LineRows, row: number, piece: CodePiece): number {
    const end = endOfLine(rows, row);
    const start = this.#addresses.toOffset(rows.addresses[row]!);
    let bound = row;
    for (let next = row + 1; next < end; next++) {
      const address = rows.addresses[next]!;
      if (!isStraight(this.#module.bytes, { start, end: this.#addresses.toOffset(address) })) break;
      if (bindsNames(piece, address, rows.lines[row]!)) bound = next;
    }
    return bound;
  }

  /** Whether `asked` is in a function of which no code is left: the next line with code is then another function's, and no place for the breakpoint. */
  #isInGoneFunction(source: SymbolSource, orders: readonly LineOrder[], asked: number, found: number): boolean {
    let declared = 0;
    for (const line of this.#declaredIn(source)) if (line <= asked) declared = Math.max(declared, line);
    return declared > 0 && firstLineFrom(orders, declared) === found;
  }

  /** Lines of `source` at which functions are declared. */
  #declaredIn(source: SymbolSource): ReadonlySet<number> {
    const known = this.#declared.get(source.key);
    if (known) return known;
    const programs = new Map(this.#sources.usersOf(source).map(({ program, files }) => [program.offset, files]));
    const lines = new Set<number>();
    for (const unit of this.#info.units) {
      for (const file of programs.get(unit.lineProgram ?? -1) ?? []) {
        for (const line of declarationLines(this.#info, unit, file)) lines.add(line);
      }
    }
    this.#declared.set(source.key, lines);
    return lines;
  }
}

/** Whether a block begins at `address` that holds variables declared on `line`. */
function bindsNames({ entry }: CodePiece, address: number, line: number): boolean {
  const block = entry && enclosingBlocks(entry, address).at(-1);
  if (block?.tag !== tag.lexicalBlock || !rangesAt(block.unit, block.offset).some(({ low }) => low === address)) return false;
  return block.children(tag.variable).some((child) => child.number(attribute.declarationLine) === line);
}

function firstLineFrom(orders: readonly LineOrder[], line: number): number | undefined {
  let first: number | undefined;
  for (const order of orders) {
    const candidate = lineFrom(order, line);
    if (candidate !== undefined && (first === undefined || candidate < first)) first = candidate;
  }
  return first;
}

/** Only a column behind the line's first place is a choice: clients send column 1 where none was meant. */
function ofColumn(candidates: readonly Candidate[], column: number | undefined): readonly Candidate[] {
  const columnOf = ({ order, row }: Candidate) => order.rows.columns[row]!;
  const [first] = candidates;
  if (column === undefined || !first || column <= columnOf(first)) return candidates;
  const behind = candidates.map(columnOf).filter((candidate) => candidate >= column);
  if (behind.length === 0) return candidates;
  const nearest = behind.reduce((least, candidate) => Math.min(least, candidate));
  return candidates.filter((candidate) => columnOf(candidate) === nearest);
}

function matchOf(line: number, places: readonly Place[]): LineMatch {
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
    const key = home ? `${(home.unit.skeleton ?? home.unit).offset}:${home.offset}` : `piece ${piece?.low ?? order.program.offset}`;
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

const firstRowWithin = 64;

/** Producers begin at the local declarations; some, and all where only the module says where the function is, have the first row behind them and the prologue. */
function firstRowOf(info: DebugInfo, piece: CodePiece): PlacedRow | undefined {
  for (let ahead = 0; ahead < Math.min(firstRowWithin, piece.high - piece.low); ahead++) {
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
