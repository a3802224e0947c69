const limit = 20;

/** Sentences about what could not be read, each once; a thoroughly damaged file does not flood the user. */
export class Notes {
  readonly #sentences = new Set<string>();

  add(sentence: string): void {
    if (this.#sentences.size < limit) this.#sentences.add(sentence);
  }

  list(): readonly string[] {
    return [...this.#sentences];
  }
}
