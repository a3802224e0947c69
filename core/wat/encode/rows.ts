import type { ModuleRange } from "#core/wasm/offsets.ts";
import type { Span } from "#core/text/positions.ts";

/**
 * Which text each instruction was encoded from. Row `n` is the instruction at module offset `offsets[n]`; the text from `starts[n]` to
 * `ends[n]` (UTF-16 units) holds its name and plain immediates, or the `end` or `)` that an `end` instruction stands for.
 * Rows are sorted by offset; those of constant expressions are among them.
 */
export interface WatRows {
  readonly offsets: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Where a function that is written out in the text went. */
export interface EncodedFunction {
  /** Index with imports counted first. */
  readonly index: number;
  /** Local declarations and code. */
  readonly range: ModuleRange;
  /** Of the first instruction. */
  readonly bodyStart: ModuleRange["start"];
  /** Of the whole field in the text. */
  readonly span: Span;
}

/** Collects rows while sections are written whose place in the module is not known yet. */
export class RowBuilder {
  readonly #offsets: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  get count(): number {
    return this.#offsets.length;
  }

  /** `offset` counts from wherever a later {@link move} takes it. */
  add(offset: number, start: number, end: number): void {
    this.#offsets.push(offset);
    this.#starts.push(start);
    this.#ends.push(end);
  }

  /** Says where the text of a row ends, once its immediates are read. */
  end(row: number, end: number): void {
    this.#ends[row] = end;
  }

  /** Offsets of the rows from `from` on, by where their text begins. */
  offsetsByStart(from: number): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    for (let row = from; row < this.#offsets.length; row++) found.set(this.#starts[row]!, this.#offsets[row]!);
    return found;
  }

  /** Adds `distance` to the offsets of the rows from `from` on. */
  move(from: number, distance: number): void {
    for (let row = from; row < this.#offsets.length; row++) this.#offsets[row] = this.#offsets[row]! + distance;
  }

  /** Takes over all rows of another builder, `distance` bytes further on. */
  append(other: RowBuilder, distance: number): void {
    for (let row = 0; row < other.#offsets.length; row++) this.add(other.#offsets[row]! + distance, other.#starts[row]!, other.#ends[row]!);
  }

  finish(): WatRows {
    return { offsets: Uint32Array.from(this.#offsets), starts: Uint32Array.from(this.#starts), ends: Uint32Array.from(this.#ends) };
  }
}
