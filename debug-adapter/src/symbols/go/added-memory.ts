/**
 * Room for values that the user makes up. The runtime takes all memory from its "break" on (`runtime.sbrk`), and believes to own what lies
 * behind it: so the break is moved on as that function does it. The collector leaves alone what is in no heap of its own.
 */
import { addressConstants } from "#core/go/binary/constants.ts";
import { wordAt } from "#core/go/runtime/memory-task.ts";
import { functionIndex } from "#core/wasm/offsets.ts";
import type { EngineModule, Stop } from "../../engine/engine.ts";
import type { GoProgram } from "./go-program.ts";

const pageSize = 0x1_0000;
/** More than this nobody types. */
const mostBytes = 16 * 1024 * 1024;
const alignment = 16;
/** Milliseconds for a function of the host that makes a view. */
const tellLimit = 1000;

/** The break, and the end of the memory, as the runtime knows them: `runtime.bloc` and `runtime.blocMax`. */
interface Break {
  readonly address: number;
  readonly value: number;
  readonly limitAddress: number;
  readonly limit: number;
}

export class AddedMemory {
  readonly #program: GoProgram;
  readonly #free = new WeakMap<EngineModule, { address: number; end: number }>();

  constructor(program: GoProgram) {
    this.#program = program;
  }

  /** Address of a copy of `bytes` in the program's memory; `undefined` where there can be no room for them. */
  async allocate(stop: Stop, module: EngineModule, bytes: Uint8Array): Promise<number | undefined> {
    const length = Math.max(bytes.length, 1);
    if (length > mostBytes) return undefined;
    let free = this.#free.get(module);
    if (!free || free.address + length > free.end) {
      const size = Math.ceil(length / pageSize) * pageSize;
      const address = await this.#moveBreak(stop, module, size);
      if (address === undefined) return undefined;
      this.#free.set(module, (free = { address, end: address + size }));
    }
    const { address } = free;
    free.address += Math.ceil(length / alignment) * alignment;
    await stop.writeMemory(module, 0, address, bytes);
    return address;
  }

  /** Address of so many bytes that are zero, a multiple of a page; the runtime leaves them alone. `undefined` where there can be no room for them. */
  reserve(stop: Stop, module: EngineModule, size: number): Promise<number | undefined> {
    return this.#moveBreak(stop, module, size);
  }

  /** Address of `size` bytes, which the runtime then leaves alone. */
  async #moveBreak(stop: Stop, module: EngineModule, size: number): Promise<number | undefined> {
    if (this.#isAllocating(stop)) return undefined;
    const found = await this.#findBreak(stop, module);
    if (!found) return undefined;
    const missing = Math.max(found.value + size - found.limit, 0);
    if (missing > 0 && !(await this.#grow(stop, module, missing))) return undefined;
    await stop.writeMemory(module, 0, found.limitAddress, word(found.limit + missing));
    await stop.writeMemory(module, 0, found.address, word(found.value + size));
    return found.value;
  }

  /** No symbol tells where these are. They are constants in the function that moves them, and no others in it are ends of pages in the memory. */
  async #findBreak(stop: Stop, module: EngineModule): Promise<Break | undefined> {
    const index = this.#program.table.find("runtime.sbrk")[0];
    const func = index === undefined ? undefined : this.#program.functionOf(index);
    const size = await stop.growMemory(module, 0, 0);
    if (!func || size === undefined) return undefined;
    const candidates = addressConstants(this.#program.module, func).filter((address) => address % 8 === 0);
    const words = await stop.readMemory(
      module,
      0,
      candidates.map((address) => ({ address, length: 8 })),
    );
    const known = candidates.map((address, at) => ({ address, value: wordAt(words[at]!, 0) ?? 0 }));
    // The size of a page is another constant of that function.
    const ends = known.filter(({ value }) => value > pageSize && value % pageSize === 0 && value <= size);
    // The memory is larger than the runtime believes where a call that was undone has made it grow.
    const highest = Math.max(...ends.map(({ value }) => value));
    const limit = ends.findLast(({ value }) => value === highest);
    const start = ends.find((end) => end !== limit);
    if (ends.length !== 2 || !limit || !start) return undefined;
    return { address: start.address, value: start.value, limitAddress: limit.address, limit: limit.value };
  }

  /** The program may have been paused in the middle of what is done here. */
  #isAllocating({ frames }: Stop): boolean {
    const { code, table } = this.#program;
    return frames.some((frame) => {
      const index = frame.kind === "wasm" ? code.functionAt(frame.offset) : undefined;
      return index !== undefined && /^runtime\.(?:sbrk|mem[A-Z]\w*|sys(?:Reserve|Free|Alloc)\w*|growMemory)$/.test(table.name(index));
    });
  }

  /** The host of programs for JavaScript keeps a view of the memory, which ends when that grows; the runtime tells it, too. */
  async #grow(stop: Stop, module: EngineModule, bytes: number): Promise<boolean> {
    if ((await stop.growMemory(module, 0, bytes / pageSize)) === undefined) return false;
    const functions = this.#program.module.imports.filter(({ type }) => type.kind === "func");
    const tell = functions.findIndex((entry) => entry.module === "gojs" && entry.name === "runtime.resetMemoryDataView");
    if (tell >= 0) await stop.callFunction(module, functionIndex(tell), [0], tellLimit);
    return true;
  }
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}
