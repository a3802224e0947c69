import { disassembleFunction } from "#core/wasm/disassemble.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import { moduleOffset, type ModuleOffset, type ModuleRange } from "#core/wasm/offsets.ts";

export interface ListedInstruction {
  readonly range: ModuleRange;
  readonly text: string;
  readonly fn: ModuleFunction;
  readonly isFirst: boolean;
}

/** Listings that are kept; one takes about a hundred bytes per instruction. */
const keptListings = 16;

/** All instructions of a module in the order of the code section, as if they were one list. Functions are decoded when they are reached. */
export class InstructionList {
  readonly #module: WasmModule;
  readonly #listings = new Map<number, readonly ListedInstruction[]>();
  /** With code, in the order of the code section. */
  readonly #functions: readonly ModuleFunction[];

  constructor(module: WasmModule) {
    this.#module = module;
    this.#functions = module.functions.slice(module.importedFunctionCount).filter(({ body }) => body !== undefined);
  }

  /**
   * `count` instructions, of which the one with the number `skip` (negative: before it) counted from the one that holds `offset`, or follows it, is
   * the first. `undefined` stands for places before the first instruction of the module and behind the last one.
   */
  slice(offset: ModuleOffset, skip: number, count: number): readonly (ListedInstruction | undefined)[] {
    let fn = this.#functionFrom(offset);
    // Counted from the function's first instruction.
    let at = this.#indexIn(fn, offset) + skip;
    const found: (ListedInstruction | undefined)[] = [];
    while (at < 0 && fn > 0) at += this.#listing(--fn).length;
    for (; at < 0 && found.length < count; at++) found.push(undefined);
    for (; fn < this.#functions.length && found.length < count; fn++) {
      const listing = this.#listing(fn);
      found.push(...listing.slice(at, at + count - found.length));
      at = Math.max(0, at - listing.length);
    }
    while (found.length < count) found.push(undefined);
    return found;
  }

  /** Number of the first function that ends behind `offset`. */
  #functionFrom(offset: ModuleOffset): number {
    let low = 0;
    let high = this.#functions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#functions[middle]!.body!.end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #indexIn(fn: number, offset: ModuleOffset): number {
    const listing = this.#listing(fn);
    const at = listing.findIndex(({ range }) => offset < range.end);
    return at < 0 ? listing.length : at;
  }

  #listing(number: number): readonly ListedInstruction[] {
    const fn = this.#functions[number];
    if (!fn) return [];
    const listing = this.#listings.get(number) ?? decoded(this.#module, fn);
    this.#listings.delete(number);
    this.#listings.set(number, listing);
    for (const oldest of this.#listings.keys()) {
      if (this.#listings.size <= keptListings) break;
      this.#listings.delete(oldest);
    }
    return listing;
  }
}

function decoded(module: WasmModule, fn: ModuleFunction): readonly ListedInstruction[] {
  const lines = disassembleFunction(module, fn).flatMap(({ offset, text }) => (offset === undefined ? [] : [{ offset, text }]));
  return lines.map(({ offset, text }, at) => ({
    range: { start: offset, end: moduleOffset(lines[at + 1]?.offset ?? fn.body!.end) },
    // The listing ends a function with the parenthesis of the text format.
    text: at === lines.length - 1 && text === ")" ? "end" : text.replace(/^ {2}/, ""),
    fn,
    isFirst: at === 0,
  }));
}
