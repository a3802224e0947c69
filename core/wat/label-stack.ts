/** The labels around an instruction. */
export class LabelStack {
  /** Names, the outermost first; `undefined` for blocks without one. */
  readonly #names: (string | undefined)[] = [];
  /** Places in {@link #names} that each name has. Most functions name no label, and none of them waits for a map. */
  #places: Map<string, number[]> | undefined;

  /** Number of labels. */
  get depth(): number {
    return this.#names.length;
  }

  push(name: string | undefined): void {
    if (name !== undefined) {
      this.#places ??= new Map<string, number[]>();
      const places = this.#places.get(name);
      if (places === undefined) this.#places.set(name, [this.#names.length]);
      else places.push(this.#names.length);
    }
    this.#names.push(name);
  }

  pop(): void {
    const name = this.#names.pop();
    if (name !== undefined) this.#places!.get(name)!.pop();
  }

  /** Name of the label that so many others are inside of; `undefined` where it has none, or there is no such label. */
  nameAt(distance: number): string | undefined {
    return this.#names[this.#names.length - 1 - distance];
  }

  /**
   * How many labels are inside of the innermost one with a name; `undefined` where none has it. The `skipped` innermost labels do not count as
   * having one.
   */
  distanceTo(name: string, skipped = 0): number | undefined {
    const last = this.#names.length - 1;
    const place = this.#places?.get(name)?.findLast((at) => at <= last - skipped);
    return place === undefined ? undefined : last - place;
  }
}
