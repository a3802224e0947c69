/** A text of which parts can be read, as of a string. */
export type Sliceable = Pick<string, "length" | "slice">;

/** So many pieces are found fast, and joined rarely. */
const mostPieces = 100;

/**
 * A text that is edited often, in pieces that edits leave as they are. The engine would copy all of a text at the first look into one that
 * was put together; of 12 MB that takes longer than all else that a keystroke asks for. Offsets count UTF-16 units. Immutable.
 */
export class TextPieces implements Sliceable {
  readonly length: number;
  /** None is empty. */
  #pieces: readonly string[];
  /** Offset at which each piece starts. */
  #starts: readonly number[];

  private constructor(pieces: readonly string[]) {
    const starts: number[] = [];
    let length = 0;
    for (const piece of pieces) {
      starts.push(length);
      length += piece.length;
    }
    this.length = length;
    this.#pieces = pieces;
    this.#starts = starts;
  }

  static of(text: string): TextPieces {
    return new TextPieces(text === "" ? [] : [text]);
  }

  /** With `inserted` in place of what is between two offsets of this text. */
  edited(start: number, end: number, inserted: string): TextPieces {
    const pieces = [...this.#between(0, start), inserted, ...this.#between(end, this.length)].filter((piece) => piece !== "");
    return new TextPieces(pieces.length > mostPieces ? [pieces.join("")] : pieces);
  }

  /** As of a string whose offsets are not negative. */
  slice(start = 0, end = this.length): string {
    return this.#between(start, end).join("");
  }

  /** All of it; from then on in one piece. */
  toString(): string {
    if (this.#pieces.length > 1) {
      this.#pieces = [this.#pieces.join("")];
      this.#starts = [0];
    }
    return this.#pieces[0] ?? "";
  }

  #between(start: number, end: number): string[] {
    const found: string[] = [];
    for (let at = this.#pieceAt(start); at < this.#pieces.length && this.#starts[at]! < end; at++) {
      const piece = this.#pieces[at]!;
      found.push(piece.slice(Math.max(0, start - this.#starts[at]!), end - this.#starts[at]!));
    }
    return found;
  }

  /** The piece that holds an offset, or the first. */
  #pieceAt(offset: number): number {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
