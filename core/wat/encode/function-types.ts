import { ByteWriter } from "#core/bytes/writer.ts";

/** A function type with its value types in the binary format. */
export interface FunctionType {
  readonly params: readonly (readonly number[])[];
  readonly results: readonly (readonly number[])[];
}

/**
 * The type section while it grows: types that the text defines, then those that it only uses, in the order of the text.
 * A use without `(type x)` means the first defined type that is alike, else one that is added at the end (WebAssembly 3.0, 6.6.2 "Type Uses").
 */
export class FunctionTypes {
  readonly #groups: Uint8Array[] = [];
  readonly #functions: (FunctionType | undefined)[] = [];
  readonly #byKey = new Map<string, number>();

  /** Entries of the type section: a recursion group is one. */
  get groups(): readonly Uint8Array[] {
    return this.#groups;
  }

  /** The function type with index `index`, if it is one. */
  at(index: number): FunctionType | undefined {
    return this.#functions[index];
  }

  /** Adds what one `type` or `rec` field defines. `types` has an entry per type; `alone`: a use without `(type x)` may mean it. */
  define(group: Uint8Array, types: readonly (FunctionType | undefined)[], alone: boolean): void {
    this.#groups.push(group);
    for (const type of types) {
      const index = this.#functions.push(type) - 1;
      if (alone && type && !this.#byKey.has(keyOf(type))) this.#byKey.set(keyOf(type), index);
    }
  }

  /** Index of a type that a use spells out. */
  use(type: FunctionType): number {
    const known = this.#byKey.get(keyOf(type));
    if (known !== undefined) return known;
    const writer = new ByteWriter(16);
    writeFunctionType(writer, type);
    this.define(writer.finish(), [type], true);
    return this.#functions.length - 1;
  }
}

export function writeFunctionType(writer: ByteWriter, type: FunctionType): void {
  writer.u8(0x60);
  for (const list of [type.params, type.results]) {
    writer.uleb(list.length);
    for (const value of list) writer.bytes(Uint8Array.from(value));
  }
}

function keyOf(type: FunctionType): string {
  return `${type.params.map((value) => value.join(".")).join(",")}>${type.results.map((value) => value.join(".")).join(",")}`;
}
