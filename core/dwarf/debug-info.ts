import { Entry, readTree, type EntryHome, type UnitTree } from "./entries.ts";
import { functionTable, type FunctionTable } from "./functions.ts";
import { readLinePrograms, readRows, rowAt, type LineProgram, type LineRows } from "./line-table.ts";
import { Notes } from "./notes.ts";
import type { SavedIndexes } from "./saved-indexes.ts";
import type { DwarfSections } from "./sections.ts";
import { joinedUnits } from "./split.ts";
import { unitPieces, type UnitPieces } from "./unit-addresses.ts";
import { readUnits, type Unit } from "./units.ts";

/** Where units have code; `unranged` are the units that do not say. */
interface UnitAddresses extends UnitPieces {
  readonly unranged: readonly Unit[];
  readonly unrangedPrograms: readonly LineProgram[];
}

/** A contiguous piece of a function's code; most functions have one. */
export interface FunctionPiece {
  readonly entry: Entry;
  readonly low: number;
  readonly high: number;
}

export interface PlacedRow {
  readonly program: LineProgram;
  readonly rows: LineRows;
  readonly row: number;
}

/**
 * The debug information of one file. Headers are read at once; the entries of a unit and the rows of a line program when they are first asked for.
 * Nothing here throws on damaged data: {@link notes} says what is missing and what to do about it.
 */
export class DebugInfo implements EntryHome {
  readonly sections: DwarfSections;
  readonly units: readonly Unit[];
  readonly linePrograms: readonly LineProgram[];
  readonly #notes = new Notes();
  readonly #saved: SavedIndexes | undefined;
  readonly #trees = new Map<Unit, UnitTree>();
  readonly #rows = new Map<LineProgram, LineRows>();
  readonly #functions = new Map<Unit, FunctionTable>();
  readonly #infoUnits: readonly Unit[];
  #addresses: UnitAddresses | undefined;
  readonly #programAt: ReadonlyMap<number, LineProgram>;
  readonly #typeUnits = new Map<bigint, Unit>();

  /**
   * `split`: the sections of each .dwo file, or of each unit of a .dwp file, under the names without `.dwo`. `saved`: what was read before,
   * and is to be saved.
   */
  constructor(sections: DwarfSections, split: readonly DwarfSections[] = [], saved?: SavedIndexes) {
    this.sections = sections;
    this.#saved = saved;
    this.units = joinedUnits(readUnits(sections, this.#notes), split, this.#notes);
    this.linePrograms = readLinePrograms(sections, this.units, this.#notes);
    this.#programAt = new Map(this.linePrograms.map((program) => [program.offset, program]));
    this.#infoUnits = this.units.filter((unit) => unit.section === sections.info);
    for (const unit of this.units) if (unit.type) this.#typeUnits.set(unit.type.signature, unit);
    const missing = this.units.filter((unit) => unit.splitName !== undefined);
    if (missing[0]) {
      const more = missing.length > 1 ? ` and ${missing.length - 1} more` : "";
      this.#notes.add(
        `Functions and variables of ${missing[0].name ?? missing[0].splitName}${more} are in .dwo files that were not found: put ${missing[0].splitName} or the .dwp file beside the module, or build with -gno-split-dwarf. Lines work.`,
      );
    }
  }

  /** What could not be read so far and what to do about it, one sentence each. */
  get notes(): readonly string[] {
    return this.#notes.list();
  }

  treeOf(unit: Unit): UnitTree {
    const known = this.#trees.get(unit);
    if (known) return known;
    const tree = this.#saved?.treeOf(unit) ?? this.#readTree(unit);
    this.#trees.set(unit, tree);
    return tree;
  }

  /** What is damaged is not saved: the note of it would be lost. */
  #readTree(unit: Unit): UnitTree {
    const notes = this.#notes.added;
    const tree = readTree(unit, this.#notes);
    return this.#notes.added === notes ? (this.#saved?.addTree(unit, tree) ?? tree) : tree;
  }

  programOf(unit: Unit): LineProgram | undefined {
    return unit.lineProgram === undefined ? undefined : this.#programAt.get(unit.lineProgram);
  }

  rowsOf(program: LineProgram): LineRows {
    const known = this.#rows.get(program);
    if (known) return known;
    const rows = this.#saved?.rowsOf(program) ?? this.#readRows(program);
    this.#rows.set(program, rows);
    return rows;
  }

  #readRows(program: LineProgram): LineRows {
    const notes = this.#notes.added;
    const rows = readRows(this.sections.line, program, this.#notes);
    return this.#notes.added === notes ? (this.#saved?.addRows(program, rows) ?? rows) : rows;
  }

  /** The entry at an offset of the unit's section; without a unit, of .debug_info. `undefined` where no entry begins. */
  entryAt(unit: Unit | undefined, offset: number): Entry | undefined {
    const home = unit && offset >= unit.start && offset < unit.end ? unit : this.#unitAt(offset);
    if (!home) return undefined;
    const { offsets, count } = this.treeOf(home);
    const index = lastAtOrBefore(offsets, count, offset);
    return index >= 0 && offsets[index] === offset ? new Entry(this, home, index) : undefined;
  }

  entryOfSignature(signature: bigint): Entry | undefined {
    const unit = this.#typeUnits.get(signature);
    return unit?.type && this.entryAt(unit, unit.type.offset);
  }

  functionsOf(unit: Unit): FunctionTable {
    const known = this.#functions.get(unit);
    if (known) return known;
    const table = functionTable(unit, this.treeOf(unit));
    this.#functions.set(unit, table);
    return table;
  }

  /** The function whose code holds `address`, with the piece of it that does. */
  functionAt(address: number): FunctionPiece | undefined {
    const addresses = this.#unitAddresses();
    const at = lastAtOrBefore(addresses.lows, addresses.lows.length, address);
    const unit = at >= 0 && address < addresses.highs[at]! ? addresses.units[at] : undefined;
    return (unit && this.#functionIn(unit, address)) ?? this.#functionOfUnranged(address);
  }

  #functionOfUnranged(address: number): FunctionPiece | undefined {
    for (const unit of this.#unitAddresses().unranged) {
      const found = this.#functionIn(unit, address);
      if (found) return found;
    }
    return undefined;
  }

  #functionIn(unit: Unit, address: number): FunctionPiece | undefined {
    const { lows, highs, entries } = this.functionsOf(unit);
    const at = lastAtOrBefore(lows, lows.length, address);
    if (at < 0 || address >= highs[at]!) return undefined;
    return { entry: new Entry(this, unit, entries[at]!), low: lows[at]!, high: highs[at]! };
  }

  /** The line row that says where `address` comes from. Reads only the line program that can hold it. */
  rowAt(address: number): PlacedRow | undefined {
    const addresses = this.#unitAddresses();
    const at = lastAtOrBefore(addresses.lows, addresses.lows.length, address);
    const unit = at >= 0 && address < addresses.highs[at]! ? addresses.units[at] : undefined;
    const own = unit && this.programOf(unit);
    return (own && this.#rowIn(own, address)) ?? this.#rowOfUnranged(addresses.unrangedPrograms, address);
  }

  #rowOfUnranged(programs: readonly LineProgram[], address: number): PlacedRow | undefined {
    for (const program of programs) {
      const found = this.#rowIn(program, address);
      if (found) return found;
    }
    return undefined;
  }

  #rowIn(program: LineProgram, address: number): PlacedRow | undefined {
    const rows = this.rowsOf(program);
    const row = rowAt(rows, address);
    return row === undefined ? undefined : { program, rows, row };
  }

  #unitAddresses(): UnitAddresses {
    if (this.#addresses) return this.#addresses;
    const pieces = unitPieces(this.units);
    const ranged = new Set(pieces.units);
    const rangedPrograms = new Set([...ranged].map((unit) => unit.lineProgram));
    this.#addresses = {
      ...pieces,
      unranged: this.units.filter((unit) => !ranged.has(unit) && !unit.type),
      unrangedPrograms: this.linePrograms.filter((program) => !rangedPrograms.has(program.offset)),
    };
    return this.#addresses;
  }

  /** Addresses at which the units' ranges begin, sorted. */
  rangeStarts(): Uint32Array {
    return this.#unitAddresses().lows;
  }

  /** The unit's own entry. */
  firstEntry(unit: Unit): Entry | undefined {
    return this.treeOf(unit).count > 0 ? new Entry(this, unit, 0) : undefined;
  }

  #unitAt(offset: number): Unit | undefined {
    let low = 0;
    let high = this.#infoUnits.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#infoUnits[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    const unit = this.#infoUnits[low];
    return unit && offset >= unit.start ? unit : undefined;
  }
}

/** Index of the last of the first `count` sorted numbers that is not above `wanted`; -1: none. */
function lastAtOrBefore(sorted: Uint32Array, count: number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
