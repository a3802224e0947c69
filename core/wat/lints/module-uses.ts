/** What the fields of a module use of each other. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { EntryUse, useStride } from "../field-notes.ts";
import { Space } from "../field.ts";

export class ModuleUses {
  /** By space and index, bits of `EntryUse`. */
  readonly #uses: (Uint8Array | undefined)[] = [];

  constructor(document: WatDocument, module: BoundModule) {
    const { first, end, names } = module;
    for (let at = first; at < end; at++) {
      const resolved = document.resolved(module, at);
      if (resolved === undefined) continue;
      const { uses } = resolved;
      for (let place = 0; place < uses.length; place += useStride) {
        const space = uses[place] as Space;
        const ofSpace = (this.#uses[space] ??= new Uint8Array(names.countOf(space)));
        ofSpace[uses[place + 1]!]! |= uses[place + 2]!;
      }
    }
  }

  #has(space: Space, index: number, use: number): boolean {
    const ofSpace = this.#uses[space];
    return ofSpace !== undefined && index < ofSpace.length && (ofSpace[index]! & use) !== 0;
  }

  isUsed(space: Space, index: number): boolean {
    return this.#has(space, index, EntryUse.any);
  }

  /** Whether a function is only called: not exported by a field, in a table, or referred to, so that its type is its own affair. */
  isOnlyCalled(index: number): boolean {
    return this.isUsed(Space.func, index) && !this.#has(Space.func, index, EntryUse.handed);
  }

  /** Whether some instruction sets a global. */
  isSet(index: number): boolean {
    return this.#has(Space.global, index, EntryUse.set);
  }
}
