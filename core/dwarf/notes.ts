const limit = 20;

/** Sentences about what could not be read, each once; a thoroughly damaged file does not flood the user. */
export class Notes {
  readonly #sentences = new Set<string>();
  #added = 0;

  /** How many were added, those that are not listed included. */
  get added(): number {
    return this.#added;
  }

  add(sentence: string): void {
    this.#added++;
    if (this.#sentences.size < limit) this.#sentences.add(sentence);
  }

  list(): readonly string[] {
    return [...this.#sentences];
  }
}
