/** The things of one kind in a module, counted in the order of the text, and their names. */
export class IndexSpace {
  /** As messages call one of them, such as `function`. */
  readonly title: string;
  readonly names = new Map<string, number>();
  #count = 0;

  constructor(title: string) {
    this.title = title;
  }

  get count(): number {
    return this.#count;
  }

  /** Index of the new thing. Of two with one name the first keeps it. */
  add(name: string | undefined): number {
    const index = this.#count++;
    if (name !== undefined && !this.names.has(name)) this.names.set(name, index);
    return index;
  }

  /** Index to name, in the order of the indices. */
  namesByIndex(): Map<number, string> {
    return new Map(Array.from(this.names, ([name, index]): [number, string] => [index, name]).sort(([left], [right]) => left - right));
  }
}
