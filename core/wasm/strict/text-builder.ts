/** A text under construction that remembers which bytes its parts came from. */
export class TextBuilder {
  readonly #parts: string[] = [];
  #length = 0;
  /** Length of the text, and offset in the module, at each {@link mark}. */
  readonly #positions: number[] = [];
  readonly #offsets: number[] = [];

  /** What is added from now on came from the bytes at `offset`, counted from the start of the module. */
  mark(offset: number): void {
    this.#positions.push(this.#length);
    this.#offsets.push(offset);
  }

  add(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  finish(): MappedText {
    return new MappedText(this.#parts.join(""), this.#positions, this.#offsets);
  }
}

/** A module as text. */
export class MappedText {
  readonly text: string;
  readonly #positions: readonly number[];
  readonly #offsets: readonly number[];

  constructor(text: string, positions: readonly number[], offsets: readonly number[]) {
    this.text = text;
    this.#positions = positions;
    this.#offsets = offsets;
  }

  /** Module offset of the bytes that what stands at a place in the text came from. `position` counts UTF-16 units. */
  offsetAt(position: number): number {
    let low = 0;
    let high = this.#positions.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#positions[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return this.#offsets[low] ?? 0;
  }
}
