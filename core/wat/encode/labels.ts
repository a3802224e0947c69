/** The blocks that are open around an instruction. Finds a label in constant time, however deep the nesting is. */
export class LabelStack {
  readonly #names: (string | undefined)[] = [];
  readonly #places = new Map<string, number[]>();
  /** Names of all blocks of the function, by the order of their opcodes. */
  readonly all = new Map<number, string>();
  #opened = 0;

  push(name: string | undefined): void {
    if (name !== undefined) {
      this.all.set(this.#opened, name);
      const places = this.#places.get(name);
      if (places) places.push(this.#names.length);
      else this.#places.set(name, [this.#names.length]);
    }
    this.#opened++;
    this.#names.push(name);
  }

  pop(): void {
    const name = this.#names.pop();
    if (name !== undefined) this.#places.get(name)?.pop();
  }

  /** How many blocks lie between the innermost and the one called `name`. */
  depthOf(name: string): number | undefined {
    const place = this.#places.get(name)?.at(-1);
    return place === undefined ? undefined : this.#names.length - 1 - place;
  }
}
