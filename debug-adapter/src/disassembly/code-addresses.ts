import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import type { EngineModule } from "../engine/engine.ts";

/** Modules are further apart than any of them is long. */
const moduleSize = 2 ** 32;
const mostModules = 2 ** 20;

export interface CodePlace {
  readonly module: EngineModule;
  readonly offset: ModuleOffset;
}

/** One space of addresses for the code of all modules of a session: of the first one they are the module's own offsets. */
export class CodeAddresses {
  readonly #modules: EngineModule[] = [];

  /** In hexadecimal, as clients take it. */
  reference({ module, offset }: CodePlace): string {
    return `0x${this.address({ module, offset }).toString(16)}`;
  }

  address({ module, offset }: CodePlace): number {
    let number = this.#modules.indexOf(module);
    if (number < 0) number = this.#modules.push(module) - 1;
    return number * moduleSize + offset;
  }

  /** `undefined`: no module has code there. `reference`: a number as {@link reference} writes it; `distance`: in bytes. */
  placeOf(reference: string, distance = 0): CodePlace | undefined {
    const address = Number(reference) + distance;
    if (!Number.isSafeInteger(address) || address < 0 || address >= moduleSize * mostModules) return undefined;
    const module = this.#modules[Math.floor(address / moduleSize)];
    return module && { module, offset: moduleOffset(address % moduleSize) };
  }
}
