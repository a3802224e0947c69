import type { EngineModule, MemoryPiece, Stop } from "../engine/engine.ts";

export interface MemoryReader {
  /** Bytes from `address` on; fewer than `length` where memory ends before. */
  read(memoryIndex: number, address: number, length: number): Promise<Uint8Array>;
  /** The same bytes without waiting, where they were read before; `undefined` where not all of them were. */
  known?(memoryIndex: number, address: number, length: number): Uint8Array | undefined;
}

const pageSize = 4096;
/** Reads that are larger go past the cache: they come from a memory view or a large array, once. */
const cachedLimit = 16 * pageSize;

/**
 * Memory of a module at one stop, read in pages that are kept while the stop lasts.
 * Pages that are asked for in the same turn come in one round trip: values of a scope are written out side by side.
 */
export class StopMemory implements MemoryReader {
  readonly #stop: Stop;
  readonly #module: EngineModule;
  #version = 0;
  readonly #pages = new Map<number, Promise<Uint8Array>>();
  /** Those of {@link #pages} that have come. */
  readonly #known = new Map<number, Uint8Array>();
  readonly #wanted = new Map<number, { address: number; settle: (bytes: Uint8Array) => void; fail: (reason: unknown) => void }[]>();

  constructor(stop: Stop, module: EngineModule) {
    this.#stop = stop;
    this.#module = module;
  }

  async read(memoryIndex: number, address: number, length: number): Promise<Uint8Array> {
    // What is no address, such as a pointer out of memory that holds something else, may be more than numbers count exactly.
    if (length <= 0 || address < 0 || !Number.isSafeInteger(address + length)) return new Uint8Array(0);
    if (length > cachedLimit)
      return (await this.#stop.readMemory(this.#module, memoryIndex, [{ address, length }]))[0] ?? new Uint8Array(0);
    const first = Math.floor(address / pageSize);
    const last = Math.floor((address + length - 1) / pageSize);
    if (first === last) return piece([await this.#page(memoryIndex, first)], address - first * pageSize, length);
    const pages = await Promise.all(Array.from({ length: last - first + 1 }, (_, at) => this.#page(memoryIndex, first + at)));
    return piece(pages, address - first * pageSize, length);
  }

  known(memoryIndex: number, address: number, length: number): Uint8Array | undefined {
    const number = Math.floor(address / pageSize);
    const offset = address - number * pageSize;
    const page = length > 0 && address >= 0 ? this.#known.get(pageKey(memoryIndex, number)) : undefined;
    return page && offset + length <= page.length ? page.subarray(offset, offset + length) : undefined;
  }

  /** How often memory was written: what was made of it before may not hold any more. */
  get version(): number {
    return this.#version;
  }

  /** Forgets what was read: memory was written. */
  clear(): void {
    this.#pages.clear();
    this.#known.clear();
    this.#version++;
  }

  #page(memoryIndex: number, number: number): Promise<Uint8Array> {
    const key = pageKey(memoryIndex, number);
    const known = this.#pages.get(key);
    if (known) return known;
    const page = new Promise<Uint8Array>((settle, fail) => {
      const wanted = this.#wanted.get(memoryIndex) ?? [];
      wanted.push({ address: number * pageSize, settle, fail });
      if (wanted.length > 1) return;
      this.#wanted.set(memoryIndex, wanted);
      queueMicrotask(() => this.#fetch(memoryIndex));
    });
    this.#pages.set(key, page);
    page.then(
      // Memory may have been written meanwhile: then the page holds for those only who asked for it before.
      (bytes) => this.#pages.get(key) === page && this.#known.set(key, bytes),
      // Whoever wanted the page hears of the failure; the next one asks again.
      () => this.#pages.delete(key),
    );
    return page;
  }

  #fetch(memoryIndex: number): void {
    const wanted = this.#wanted.get(memoryIndex) ?? [];
    this.#wanted.delete(memoryIndex);
    const pieces: MemoryPiece[] = wanted.map(({ address }) => ({ address, length: pageSize }));
    this.#stop.readMemory(this.#module, memoryIndex, pieces).then(
      (read) => wanted.forEach(({ settle }, at) => settle(read[at] ?? new Uint8Array(0))),
      (reason: unknown) => wanted.forEach(({ fail }) => fail(reason)),
    );
  }
}

/** Addresses have at most 53 bits here, of which the page number takes 41. */
const pageKey = (memoryIndex: number, number: number): number => memoryIndex * 2 ** 41 + number;

/** `length` bytes from `offset` on of pages that follow each other; it ends where a page is short. */
function piece(pages: readonly Uint8Array[], offset: number, length: number): Uint8Array {
  const [only] = pages;
  if (only && pages.length === 1) return only.subarray(offset, offset + length);
  const result = new Uint8Array(length);
  let filled = 0;
  let from = offset;
  for (const page of pages) {
    const part = page.subarray(from, from + length - filled);
    result.set(part, filled);
    filled += part.length;
    if (from + part.length < pageSize) break;
    from = 0;
  }
  return result.subarray(0, filled);
}
