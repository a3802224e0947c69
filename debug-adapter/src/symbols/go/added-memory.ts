/**
 * Room for values that the user makes up. Memory grows by a page that the runtime of Go knows nothing of: its collector leaves alone what is no
 * heap of its own, and what it asks for later lies behind.
 */
import type { EngineModule, Stop } from "../../engine/engine.ts";

const pageSize = 0x1_0000;
/** More than this nobody types. */
const mostBytes = 16 * 1024 * 1024;
const alignment = 16;

export class AddedMemory {
  readonly #free = new WeakMap<EngineModule, { address: number; end: number }>();

  /** Address of a copy of `bytes` in the program's memory; `undefined` where it cannot grow. */
  async allocate(stop: Stop, module: EngineModule, bytes: Uint8Array): Promise<number | undefined> {
    if (bytes.length > mostBytes) return undefined;
    let free = this.#free.get(module);
    if (!free || free.address + bytes.length > free.end) {
      const pages = Math.ceil(Math.max(bytes.length, 1) / pageSize);
      const address = await stop.growMemory(module, 0, pages);
      if (address === undefined) return undefined;
      this.#free.set(module, (free = { address, end: address + pages * pageSize }));
    }
    const { address } = free;
    free.address += Math.ceil(Math.max(bytes.length, 1) / alignment) * alignment;
    await stop.writeMemory(module, 0, address, bytes);
    return address;
  }
}
