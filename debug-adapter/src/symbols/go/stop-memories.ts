/** Memory of the stops of a Go program, each piece read once. */
import type { EngineModule, Stop } from "../../engine/engine.ts";
import type { GoMemory } from "../../values/go/go-program.ts";
import { StopMemory } from "../../values/memory.ts";

export class StopMemories {
  readonly #known = new WeakMap<Stop, StopMemory>();

  of(stop: Stop, module: EngineModule): GoMemory {
    const memory = this.#known.get(stop) ?? new StopMemory(stop, module);
    this.#known.set(stop, memory);
    return {
      read: (address, length) => memory.read(0, address, length),
      get version() {
        return memory.version;
      },
      kept: (reference) => stop.goReference(reference),
    };
  }

  /** Memory was written: what was read before does not hold any more. */
  forget(stop: Stop): void {
    this.#known.get(stop)?.clear();
  }
}
