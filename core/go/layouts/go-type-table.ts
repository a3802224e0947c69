/** All types that are known of a program: those that the compiler laid out, and those that were found in its memory. */
import type { GoStructType, GoType, GoTypeId } from "./go-type.ts";

/** A name for a value of a defined integer type. */
export interface GoConstant {
  /** As the linker spells it: with the import path of its package. */
  readonly name: string;
  readonly value: bigint;
}

/** Ids are never given twice, and what was added stays. */
export class GoTypeTable {
  readonly #types: (GoType | undefined)[];
  readonly #ids = new Map<string, GoTypeId>();
  readonly #plainIds = new Map<string, GoTypeId | undefined>();
  readonly #derived = new Map<string, GoTypeId>();
  readonly #asked: ReadonlyMap<string, GoTypeId>;
  readonly #runtime: ReadonlyMap<string, GoTypeId>;
  readonly #constants: ReadonlyMap<string, readonly GoConstant[]>;

  /**
   * `types` by id; `asked`: names of debug information and what they mean; `runtime`: types of the runtime by name.
   * Both may hold ids that `types` has not; such a type is unknown.
   */
  constructor(
    types: readonly (GoType | undefined)[],
    asked: ReadonlyMap<string, GoTypeId>,
    runtime: ReadonlyMap<string, GoTypeId>,
    constants: ReadonlyMap<string, readonly GoConstant[]>,
  ) {
    this.#types = [...types];
    this.#asked = asked;
    this.#runtime = runtime;
    this.#constants = constants;
    for (const [id, type] of types.entries()) {
      if (!type) continue;
      this.#ids.set(type.name, id as GoTypeId);
      const plain = plainName(type.name);
      this.#plainIds.set(plain, this.#plainIds.has(plain) ? undefined : (id as GoTypeId));
    }
  }

  /** Ids below it have been given. */
  get size(): number {
    return this.#types.length;
  }

  /** `undefined`: reserved, but not known yet, or no id of this table. */
  get(id: GoTypeId): GoType | undefined {
    return this.#types[id];
  }

  /** The type that debug information calls so. */
  find(name: string): GoTypeId | undefined {
    return this.#asked.get(name) ?? this.#ids.get(name);
  }

  /** The type that the program itself calls so: it knows no numbers of types inside of functions. `undefined` where several are meant. */
  findPlain(name: string): GoTypeId | undefined {
    return this.#plainIds.get(name);
  }

  /** A struct of the runtime, such as `runtime.g`; `undefined` where this version of Go has none of that name. */
  runtimeStruct(name: string): GoStructType | undefined {
    const id = this.#runtime.get(name);
    const type = id === undefined ? undefined : this.get(id);
    return type?.kind === "struct" ? type : undefined;
  }

  /** Constants of a defined type in the order of their declaration. */
  constantsOf(typeName: string): readonly GoConstant[] {
    return this.#constants.get(typeName) ?? [];
  }

  /** All constants that are known, by the names of their types. */
  constants(): ReadonlyMap<string, readonly GoConstant[]> {
    return this.#constants;
  }

  /** A type that the program does not have, but that its memory is to be seen as; made once for each key. */
  derived(key: string, make: () => GoType): GoTypeId {
    const known = this.#derived.get(key);
    if (known !== undefined) return known;
    const id = this.reserve();
    this.set(id, make());
    this.#derived.set(key, id);
    return id;
  }

  /**
   * Adds the types of `other`, as far as none of the same name is here. Gives for each id of `other` the one that it has here. Types are
   * the same by their names, since these hold import paths.
   */
  adopt(other: GoTypeTable): (id: GoTypeId) => GoTypeId {
    const ids = new Map<GoTypeId, GoTypeId>();
    const added: GoTypeId[] = [];
    for (let at = 0; at < other.size; at++) {
      const id = at as GoTypeId;
      const type = other.get(id);
      const known = type && this.find(type.name);
      ids.set(id, known ?? this.reserve());
      if (type && known === undefined) added.push(id);
    }
    const unknown = this.reserve();
    const here = (id: GoTypeId): GoTypeId => ids.get(id) ?? unknown;
    for (const id of added) {
      const type = withReferences(other.get(id)!, here);
      this.set(here(id), type);
      this.#ids.set(type.name, here(id));
      const plain = plainName(type.name);
      if (!this.#plainIds.has(plain)) this.#plainIds.set(plain, here(id));
    }
    for (const [name, id] of other.#asked) if (this.find(name) === undefined) this.#ids.set(name, here(id));
    return here;
  }

  /** An id for a type that is read later, because something refers to it. */
  reserve(): GoTypeId {
    return (this.#types.push(undefined) - 1) as GoTypeId;
  }

  set(id: GoTypeId, type: GoType): void {
    this.#types[id] = type;
  }
}

/** The type with other ids for those that it refers to. */
function withReferences(type: GoType, here: (id: GoTypeId) => GoTypeId): GoType {
  const common = { arguments: type.arguments.map(here) };
  switch (type.kind) {
    case "array":
    case "slice":
    case "pointer":
    case "chan":
      return { ...type, ...common, elem: here(type.elem) };
    case "map":
      return { ...type, ...common, key: here(type.key), elem: here(type.elem) };
    case "func":
      return { ...type, ...common, params: type.params.map(here), results: type.results.map(here) };
    case "struct":
      return { ...type, ...common, fields: type.fields.map((field) => ({ ...field, type: here(field.type) })) };
    default:
      return { ...type, ...common };
  }
}

/** Offset of a field in the bytes of a struct, through nested structs; `undefined` where there is none. */
export function fieldOffset(types: GoTypeTable, struct: GoStructType | undefined, ...path: readonly string[]): number | undefined {
  if (!struct) return undefined;
  let offset = 0;
  let type: GoType | undefined = struct;
  for (const name of path) {
    const field = type?.kind === "struct" ? type.fields.find((candidate) => candidate.name === name) : undefined;
    if (!field) return undefined;
    offset += field.offset;
    type = types.get(field.type);
  }
  return offset;
}

/** Types that are declared inside of functions end in `·` and a number (cmd/compile/internal/types `SplitVargenSuffix`). */
const plainName = (name: string): string => name.replace(/\u00b7\d+/g, "");
