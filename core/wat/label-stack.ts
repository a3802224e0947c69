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

  /** How many labels are inside of the innermost one with a name; `undefined` where none has it. */
  distanceTo(name: string): number | undefined {
    const place = this.#places?.get(name)?.at(-1);
    return place === undefined ? undefined : this.#names.length - 1 - place;
  }
}
