/** Memory of a stopped program, with room for values that it does not have: results of expressions, which then are read like all others. */
import type { GoMemory } from "./go-program.ts";
import { UnreadableError } from "./memory-words.ts";
import type { KeptValue } from "./javascript-values.ts";

/** No program of 32-bit WebAssembly has an address from here on. */
const scratchStart = 2 ** 40;

const mostBytes = 64 * 1024 * 1024;

export class ScratchMemory implements GoMemory {
  readonly kept?: KeptValue;
  readonly #program: GoMemory;
  #used: Uint8Array = new Uint8Array(1024);
  #length = 0;

  constructor(program: GoMemory) {
    this.#program = program;
    if (program.kept) this.kept = program.kept;
  }

  get version(): number {
    return this.#program.version ?? 0;
  }

  read(address: number, length: number): Promise<Uint8Array> {
    if (!isScratch(address)) return this.#program.read(address, length);
    const start = address - scratchStart;
    return Promise.resolve(this.#used.slice(start, Math.min(start + length, this.#length)));
  }

  /** Address of a copy of `bytes`, aligned for any type. Throws {@link UnreadableError} where an expression makes too many. */
  place(bytes: Uint8Array): number {
    const start = Math.ceil(this.#length / 16) * 16;
    if (start + bytes.length > mostBytes) throw new UnreadableError("the values that the expression makes are too large");
    this.#length = start + Math.max(bytes.length, 1);
    if (this.#length > this.#used.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#used);
      this.#used = larger;
    }
    this.#used.set(bytes, start);
    return scratchStart + start;
  }
}

/** Whether an address is none of the program's. */
export const isScratch = (address: number): boolean => address >= scratchStart;
