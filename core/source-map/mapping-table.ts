/**
 * Rows of a source map of a module, sorted by offset. A WebAssembly source map has one generated line, and its columns are module offsets
 * (WebAssembly Web API and tool conventions). Index `i` of each array is one row.
 */
export interface MappingTable {
  readonly count: number;
  /** Bytes from the module's first byte. */
  readonly offsets: Uint32Array;
  /** Index into the map's sources; -1: the code belongs to no source. */
  readonly sources: Int32Array;
  /** 1-based. */
  readonly lines: Uint32Array;
  /** 0-based, in UTF-16 code units. */
  readonly columns: Uint32Array;
}

/** Collects rows in any order. */
export class MappingTableBuilder {
  #rows = new Float64Array(4 * 256);
  #count = 0;

  add(offset: number, source: number, line: number, column: number): void {
    if (this.#count * 4 === this.#rows.length) {
      const grown = new Float64Array(this.#rows.length * 2);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows.set([offset, source, line, column], this.#count * 4);
    this.#count++;
  }

  finish(): MappingTable {
    const rows = this.#rows;
    const sorted = Uint32Array.from({ length: this.#count }, (_, row) => row);
    sorted.sort((a, b) => rows[a * 4]! - rows[b * 4]! || a - b);
    // Binaryen ends one place and begins the next at the same offset: a row without a source says nothing beside one that has a source.
    const sourced = new Set<number>();
    for (const row of sorted) if (rows[row * 4 + 1]! >= 0) sourced.add(rows[row * 4]!);
    const order = sorted.filter((row) => rows[row * 4 + 1]! >= 0 || !sourced.has(rows[row * 4]!));
    return {
      count: order.length,
      offsets: Uint32Array.from(order, (row) => rows[row * 4]!),
      sources: Int32Array.from(order, (row) => rows[row * 4 + 1]!),
      lines: Uint32Array.from(order, (row) => rows[row * 4 + 2]!),
      columns: Uint32Array.from(order, (row) => rows[row * 4 + 3]!),
    };
  }
}

/** Index of the first row at or behind `offset`; `count` where there is none. */
export function firstRowFrom(table: MappingTable, offset: number): number {
  let low = 0;
  let high = table.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (table.offsets[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows of one source by line, and within a line by offset. */
export interface SourceRows {
  readonly rows: Uint32Array;
}

export function rowsOfSource(table: MappingTable, source: number): SourceRows {
  const rows: number[] = [];
  for (let row = 0; row < table.count; row++) if (table.sources[row] === source) rows.push(row);
  return { rows: Uint32Array.from(rows.sort((a, b) => table.lines[a]! - table.lines[b]! || a - b)) };
}

/** Rows of exactly `line`, by offset. */
export function rowsOfLine(table: MappingTable, { rows }: SourceRows, line: number): readonly number[] {
  const found: number[] = [];
  for (let at = firstOfLine(table, rows, line); at < rows.length && table.lines[rows[at]!] === line; at++) found.push(rows[at]!);
  return found;
}

/** The first line from `line` on that has rows. */
export function lineFrom(table: MappingTable, { rows }: SourceRows, line: number): number | undefined {
  const row = rows[firstOfLine(table, rows, line)];
  return row === undefined ? undefined : table.lines[row];
}

function firstOfLine(table: MappingTable, rows: Uint32Array, line: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (table.lines[rows[middle]!]! < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
