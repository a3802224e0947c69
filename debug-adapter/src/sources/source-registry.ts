import type { LoadedModule } from "../program/loaded-module.ts";
import type { ModuleSymbols, SymbolSource } from "../symbols/module-symbols.ts";
import type { SourceFinder } from "./source-finder.ts";

/** Where the client gets the text of a source: a file, or by asking us for `reference`. */
export type SourcePlace = { readonly path: string } | { readonly reference: number };

/** A source together with the symbols that know its lines. */
export interface KnownSource {
  readonly module: LoadedModule;
  readonly symbols: ModuleSymbols;
  readonly source: SymbolSource;
}

/** Gives sources to the client and recognises those that come back from it. */
export class SourceRegistry {
  readonly finder: SourceFinder;
  readonly #references = new Map<string, number>();
  readonly #byReference = new Map<number, KnownSource>();

  constructor(finder: SourceFinder) {
    this.finder = finder;
  }

  /** `undefined` where neither a file nor a text is there. */
  async place(known: KnownSource): Promise<SourcePlace | undefined> {
    const path = await this.finder.find(known.source);
    if (path !== undefined) return { path };
    const content = await known.source.content?.();
    return content === undefined ? undefined : { reference: this.#referenceOf(known) };
  }

  byReference(reference: number): KnownSource | undefined {
    return this.#byReference.get(reference);
  }

  /** Every source of `modules` that the client's file `path` stands for. */
  async byPath(path: string, modules: readonly LoadedModule[]): Promise<KnownSource[]> {
    const known: KnownSource[] = [];
    for (const module of modules) {
      const sources = await this.finder.matching(path, await module.symbols.sources());
      for (const source of sources) known.push({ module, symbols: module.symbols, source });
    }
    return known;
  }

  #referenceOf(known: KnownSource): number {
    const key = `${known.module.engine.digest} ${known.symbols.kind} ${known.source.key}`;
    let reference = this.#references.get(key);
    if (reference === undefined) {
      reference = this.#references.size + 1;
      this.#references.set(key, reference);
      this.#byReference.set(reference, known);
    }
    return reference;
  }
}
