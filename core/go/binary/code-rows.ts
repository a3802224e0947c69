/** Program counter and stack pointer of each instruction of a Go function, read off its bytes alone. */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import { readLocals } from "#core/wasm/locals.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import type { ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import { splitProgramCounter, toDefinedIndex, type DefinedIndex } from "./program-counter.ts";

/** What is known of each instruction of a function; row n of every array belongs to the instruction at `offsets[n]`. */
export interface CodeRows {
  /** Module offsets, ascending. */
  readonly offsets: Uint32Array;
  /** The toolchain's PC_B. */
  readonly blocks: Uint16Array;
  /** How many bytes the stack pointer lies below its value at the function's entry before the instruction runs, or {@link unknownDelta}. */
  readonly stackDeltas: Int32Array;
  /** The jump to the block in local 0, with which a resumed function begins; `undefined` in functions that cannot be resumed. */
  readonly dispatch: ModuleOffset | undefined;
}

/** In {@link CodeRows.stackDeltas}: the stack pointer was computed, not counted. */
export const unknownDelta = -0x80000000;

/** The row of the instruction at `offset`, or of the one that `offset` lies in; -1 before the first. */
export function rowAt(rows: CodeRows, offset: ModuleOffset): number {
  let low = 0;
  let high = rows.offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows.offsets[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Code of a function without its local declarations; `undefined` for imported and damaged functions. */
export function codeRange(module: WasmModule, func: ModuleFunction): ModuleRange | undefined {
  const locals = readLocals(module, func);
  return locals && func.body && { start: locals.bodyStart, end: func.body.end };
}

/**
 * Whether the code begins as every compiled Go function does: it copies the stack pointer, global 0, to local 1. The runtime's helpers
 * with wasm parameters and the wrappers of exports do not, and have no frame on the Go stack
 * (cmd/internal/obj/wasm/wasmobj.go `assemble`).
 */
export function hasGoFrame(bytes: Uint8Array, code: ModuleRange): boolean {
  const prologue = [0x23, 0x00, 0x21, 0x01];
  return code.end - code.start > prologue.length && prologue.every((byte, at) => bytes[code.start + at] === byte);
}

/**
 * Rows of a function without a listing. The stack delta is exact. The block is the lowest of those that start at the same instruction,
 * for blocks without a resume point leave no trace in the code. `undefined` for functions without a Go frame and damaged ones.
 * `frameSize` is the function table's.
 */
export function readCodeRows(module: WasmModule, func: ModuleFunction, frameSize: number): CodeRows | undefined {
  const code = codeRange(module, func);
  if (!code || !hasGoFrame(module.bytes, code)) return undefined;
  const index = toDefinedIndex(func.index, module.importedFunctionCount);
  const walk = new CodeWalk(module.bytes, code, frameSize, index);
  try {
    return walk.run();
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    return undefined;
  }
}

/** The last few instructions, in which changes of the stack pointer show. */
interface Recent {
  readonly name: string;
  /** Of `i32.const`, `global.get`, `local.get` and their like. */
  readonly number: number;
}

/** Invariant: `#block` and `#delta` are those of the instruction that the cursor reads next. */
class CodeWalk {
  readonly #bytes: Uint8Array;
  readonly #index: DefinedIndex | undefined;
  readonly #cursor: InstructionCursor;
  readonly #frameSize: number;
  readonly #offsets: number[] = [];
  readonly #blocks: number[] = [];
  readonly #deltas: number[] = [];
  #recent: Recent[] = [];
  #block = 0;
  #delta = 0;
  #depth = 0;
  #dispatch: ModuleOffset | undefined;
  #dispatchDepth = 0;
  /** How many of the blocks around the dispatch have ended. */
  #ended = 0;
  /** The lowest PC_B that jumps behind the n-th block around the dispatch. */
  #firstBlocks = new Map<number, number>();

  constructor(bytes: Uint8Array, code: ModuleRange, frameSize: number, index: DefinedIndex | undefined) {
    this.#bytes = bytes;
    this.#index = index;
    this.#cursor = new InstructionCursor(bytes, code);
    this.#frameSize = frameSize;
  }

  run(): CodeRows {
    for (let instruction = this.#cursor.next(); instruction; instruction = this.#cursor.next()) {
      this.#offsets.push(this.#cursor.offset);
      this.#blocks.push(this.#block);
      this.#deltas.push(this.#delta);
      const recent = { name: instruction.name, number: this.#number(instruction.name) };
      this.#followBlocks(instruction.name);
      this.#followStackPointer(recent);
      this.#recent = [...this.#recent.slice(-2), recent];
    }
    return {
      offsets: Uint32Array.from(this.#offsets),
      blocks: Uint16Array.from(this.#blocks),
      stackDeltas: Int32Array.from(this.#deltas),
      dispatch: this.#dispatch,
    };
  }

  #followBlocks(name: string): void {
    if (name === "block" || name === "loop" || name === "if") this.#depth++;
    if (name === "br_table" && this.#dispatch === undefined) this.#readDispatch();
    if (name !== "end") return;
    if (this.#dispatch !== undefined && this.#depth === this.#dispatchDepth - this.#ended) {
      this.#block = this.#firstBlocks.get(this.#ended) ?? this.#block;
      this.#ended++;
    }
    this.#depth--;
  }

  #readDispatch(): void {
    this.#dispatch = this.#cursor.offset;
    this.#dispatchDepth = this.#depth;
    const reader = new ByteReader(this.#bytes, this.#cursor.immediates, this.#cursor.end);
    const labels = reader.uleb() + 1;
    for (let block = 0; block < labels; block++) {
      const label = reader.uleb();
      if (!this.#firstBlocks.has(label)) this.#firstBlocks.set(label, block);
    }
  }

  #followStackPointer({ name, number }: Recent): void {
    const [first, second, last] = this.#recent;
    if (name === "global.set" && number === 0 && last?.name === "local.tee") {
      if (first?.name !== "i32.const" || this.#delta === unknownDelta) {
        this.#delta = unknownDelta;
        return;
      }
      const change = second?.name === "i32.sub" ? first.number : -first.number;
      this.#delta += change;
      // The frame is made: what follows belongs to the first block behind the prologue. A frame of 8 bytes looks like a call's push.
      const made = change > 0 && this.#block === 0 && this.#delta === this.#frameSize;
      if (made && !(this.#frameSize === 8 && this.#pushesCounter())) this.#block = 1;
    } else if (name === "local.set" && number === 1 && last?.name === "global.get") {
      // Reloaded behind a call, which has popped the return address.
      this.#delta = this.#block === 0 ? 0 : this.#frameSize;
    } else if (name === "return") {
      this.#delta = this.#frameSize;
    }
  }

  /** Whether a return address in this function is stored next: `local.get 1`, `i64.const`. */
  #pushesCounter(): boolean {
    const next = this.#cursor.end;
    if (this.#bytes[next] !== 0x20 || this.#bytes[next + 2] !== 0x42) return false;
    return splitProgramCounter(Number(new ByteReader(this.#bytes, next + 3).sleb64()))?.index === this.#index;
  }

  #number(name: string): number {
    const reader = new ByteReader(this.#bytes, this.#cursor.immediates, this.#cursor.end);
    switch (name) {
      case "i32.const":
        return reader.sleb();
      case "global.get":
      case "global.set":
      case "local.set":
      case "local.tee":
        return reader.uleb();
      default:
        return 0;
    }
  }
}
