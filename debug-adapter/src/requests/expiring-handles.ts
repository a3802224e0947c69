/** Numbers for things that the client may ask about until the program goes on. Numbers are not given out twice. */
export class ExpiringHandles<T> {
  readonly #values = new Map<number, T>();
  #next = 1;

  add(value: T): number {
    const handle = this.#next++;
    this.#values.set(handle, value);
    return handle;
  }

  get(handle: number): T | undefined {
    return this.#values.get(handle);
  }

  clear(): void {
    this.#values.clear();
  }
}
