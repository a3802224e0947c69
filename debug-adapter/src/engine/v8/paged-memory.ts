/**
 * Memory at stops, in pages that are kept while the stop lasts. With the first of them comes what was read at the stop before: a step
 * looks at the same places as the one before it, one after the other, and each round trip costs more than the bytes.
 */
import type { EngineModule, MemoryPiece } from "../engine.ts";

type PageNumber = number;
/** Of one memory, in the order in which they were asked for. */
type ReadPieces = (pieces: readonly MemoryPiece[]) => Promise<readonly Uint8Array[]>;

const pageSize = 512;
/** Larger pieces come once, for a memory view or a large array, and are not kept. */
const largestPiece = 16 * 1024;
/** So many pieces at once are all the goroutines of a large program and the like; a page for each would cost more than it spares. */
const mostPieces = 256;
/** Of pages that are read ahead. */
const mostAhead = 128;

/** What a stop reads. */
type StopPlaces = Map<EngineModule, Map<number, Set<PageNumber>>>;

/** Which pages the last stops of a target read: two, since a step can stop once more than it shows, and then reads less. */
export class MemoryPlaces {
  #older: StopPlaces = new Map();
  #last: StopPlaces = new Map();
  #now: StopPlaces = new Map();

  /** What is read from now on belongs to a new stop. */
  begin(): void {
    if (this.#now.size === 0) return;
    [this.#older, this.#last, this.#now] = [this.#last, this.#now, new Map()];
  }

  before(module: EngineModule, memoryIndex: number): Set<PageNumber> {
    return new Set([this.#last, this.#older].flatMap((stop) => [...(stop.get(module)?.get(memoryIndex) ?? [])]));
  }

  /** Those that the stop reads; whoever reads adds to them. */
  now(module: EngineModule, memoryIndex: number): Set<PageNumber> {
    const memories = this.#now.get(module) ?? new Map<number, Set<PageNumber>>();
    this.#now.set(module, memories);
    const pages = memories.get(memoryIndex) ?? new Set<PageNumber>();
    memories.set(memoryIndex, pages);
    return pages;
  }
}

/** One memory at one stop. */
export class PagedMemory {
  readonly #read: ReadPieces;
  /** Pages to be read with the first that is missing. */
  readonly #ahead: Set<PageNumber>;
  readonly #used: Set<PageNumber>;
  readonly #pages = new Map<PageNumber, Promise<Uint8Array>>();

  constructor(read: ReadPieces, places: MemoryPlaces, module: EngineModule, memoryIndex: number) {
    this.#read = read;
    this.#ahead = places.before(module, memoryIndex);
    this.#used = places.now(module, memoryIndex);
  }

  /** The pieces' bytes, as far as the memory goes. */
  async read(pieces: readonly MemoryPiece[]): Promise<readonly Uint8Array[]> {
    if (pieces.length > mostPieces || pieces.some(({ length }) => length > largestPiece)) return this.#read(pieces);
    const missing = new Set<PageNumber>();
    for (const number of pieces.flatMap(pagesOf)) {
      if (this.#used.size < mostAhead) this.#used.add(number);
      if (!this.#pages.has(number)) missing.add(number);
    }
    if (missing.size > 0) this.#fetch(missing);
    return Promise.all(pieces.map((piece) => this.#piece(piece)));
  }

  #fetch(missing: Set<PageNumber>): void {
    for (const number of this.#ahead) if (!this.#pages.has(number)) missing.add(number);
    this.#ahead.clear();
    const runs = runsOf([...missing].sort((a, b) => a - b));
    const read = this.#read(runs.map(({ first, count }) => ({ address: first * pageSize, length: count * pageSize })));
    for (const [at, { first, count }] of runs.entries()) {
      for (let number = first; number < first + count; number++) {
        const from = (number - first) * pageSize;
        const page = read.then((bytes) => bytes[at]?.subarray(from, from + pageSize) ?? new Uint8Array(0));
        this.#pages.set(number, page);
        // Whoever wants the page hears of the failure; the next one asks again.
        page.catch(() => this.#pages.delete(number));
      }
    }
  }

  async #piece(piece: MemoryPiece): Promise<Uint8Array> {
    const numbers = pagesOf(piece);
    const pages = await Promise.all(numbers.map((number) => this.#pages.get(number)!));
    const offset = piece.address - (numbers[0] ?? 0) * pageSize;
    const [only] = pages;
    if (only && pages.length === 1) return only.slice(offset, offset + piece.length);
    // The memory ends in the last page that has bytes, if not behind them all.
    return new Uint8Array(Buffer.concat(pages).subarray(offset, offset + piece.length));
  }
}

function pagesOf({ address, length }: MemoryPiece): PageNumber[] {
  if (length <= 0) return [];
  const first = Math.floor(address / pageSize);
  return Array.from({ length: Math.floor((address + length - 1) / pageSize) - first + 1 }, (_, at) => first + at);
}

function runsOf(ascending: readonly PageNumber[]): { first: PageNumber; count: number }[] {
  const runs: { first: PageNumber; count: number }[] = [];
  for (const number of ascending) {
    const last = runs[runs.length - 1];
    if (last && last.first + last.count === number) last.count++;
    else runs.push({ first: number, count: 1 });
  }
  return runs;
}
