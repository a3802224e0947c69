/** Types by the descriptors that the program itself has (internal/abi `Type`): the dynamic types of interfaces, and of type parameters. */
import { decodeUtf8, encodeUtf8 } from "#core/bytes/utf8.ts";
import { commonOf, opaqueType, type GoField, type GoType, type GoTypeId } from "#core/go/layouts/go-type.ts";
import { fieldOffset, type GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import type { GoMemory, GoProgramFacts } from "./go-program.ts";
import { readBytes, readWord, readWords, UnreadableError, viewOf, wordAt } from "./memory-words.ts";
import { goQuoted } from "./quoted.ts";

/** Names of internal/abi `Kind`. */
const kinds = [
  "invalid",
  "bool",
  "int",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "uintptr",
  "float32",
  "float64",
  "complex64",
  "complex128",
  "array",
  "chan",
  "func",
  "interface",
  "map",
  "pointer",
  "slice",
  "string",
  "struct",
  "unsafe.Pointer",
] as const;
type Kind = (typeof kinds)[number];

/** Which struct of internal/abi describes a kind; others have just `Type`. Maps were renamed in Go 1.26. */
const descriptors: Partial<Record<Kind, readonly string[]>> = {
  array: ["ArrayType"],
  chan: ["ChanType"],
  func: ["FuncType"],
  interface: ["InterfaceType"],
  map: ["MapType", "SwissMapType"],
  pointer: ["PtrType"],
  slice: ["SliceType"],
  struct: ["StructType"],
};

const flagUncommon = 1;
const flagExtraStar = 2;
const flagNamed = 4;
const kindMask = 0x1f;
/** Of names of internal/abi. */
const nameFlags = { exported: 1, tag: 2, embedded: 8 };
/** More fields than any type has: a descriptor is damaged. */
const mostFields = 10_000;
/** Longest name that is read, */
const longestName = 4096;
/** how many types it may be made of, one inside of the other, */
const deepestName = 16;
/** and how many in all. */
const mostNames = 2000;
/** No type is larger than the memory. */
const largestSize = 2 ** 32;

/** What the name of a type is made of may be types without names of their own, which are read along with it. */
interface Naming {
  readonly depth: number;
  /** Shared by all that are part of one name. */
  readonly budget: { types: number };
}

/** `descriptor`: address of that of its type. */
interface DescribedField extends GoField {
  readonly exported: boolean;
  readonly tag: string;
  readonly descriptor: number;
}

const damaged = (address: number): UnreadableError => new UnreadableError(`the type at 0x${address.toString(16)} is damaged`);

/** What was read of the descriptors that the linker made, for all stops of a program: they never change. */
interface KnownDescriptors {
  readonly types: Map<number, GoType>;
  readonly ids: Map<number, GoTypeId>;
  readonly addresses: Map<GoTypeId, number>;
}

const knownDescriptors = new WeakMap<GoTypeTable, KnownDescriptors>();

function descriptorsOf(types: GoTypeTable): KnownDescriptors {
  let known = knownDescriptors.get(types);
  if (!known) knownDescriptors.set(types, (known = { types: new Map(), ids: new Map(), addresses: new Map() }));
  return known;
}

/**
 * Reads descriptors on demand, one at a time, as a type may lead to all types of a program. A type that the compiler's layouts have by the
 * same name is that type, with all that is known of it.
 */
export class GoTypeSource {
  readonly #types: GoTypeTable;
  readonly #data: GoProgramFacts["typeData"];
  readonly #memory: GoMemory;
  readonly #known: KnownDescriptors;

  constructor(program: GoProgramFacts, memory: GoMemory) {
    this.#types = program.types;
    this.#data = program.typeData;
    this.#memory = memory;
    this.#known = descriptorsOf(program.types);
  }

  /** A type that nothing is known of is one of kind `unknown`. */
  async get(id: GoTypeId): Promise<GoType> {
    const known = this.#types.get(id);
    if (known) return known;
    const address = this.#known.addresses.get(id);
    if (address === undefined) return opaqueType("unknown", "?");
    const type = await this.at(address);
    this.#types.set(id, type);
    return type;
  }

  /** The type whose descriptor lies at `address`. Throws {@link UnreadableError}. */
  at(address: number): Promise<GoType> {
    return this.#at(address, { depth: 0, budget: { types: mostNames } });
  }

  /** Name of a type that is part of that of another one. */
  async #nameInside(address: number, { depth, budget }: Naming): Promise<string> {
    return (await this.#at(address, { depth: depth + 1, budget })).name;
  }

  async #at(address: number, naming: Naming): Promise<GoType> {
    const known = this.#known.types.get(address);
    if (known) return known;
    if (naming.depth > deepestName || --naming.budget.types < 0) throw damaged(address);
    const type = await this.#read(address, naming);
    // Others are in memory that may be used for something else later.
    if (address >= this.#data.start && address < this.#data.end) this.#known.types.set(address, type);
    return type;
  }

  #reference(address: number): GoTypeId {
    let id = this.#known.ids.get(address);
    if (id === undefined) {
      id = this.#types.reserve();
      this.#known.ids.set(address, id);
      this.#known.addresses.set(id, address);
    }
    return id;
  }

  #offset(struct: string, ...path: string[]): number {
    const offset = fieldOffset(this.#types, this.#types.runtimeStruct(`internal/abi.${struct}`), ...path);
    if (offset === undefined) throw new UnreadableError(`this version of Go has no internal/abi.${struct}.${path.join(".")}`);
    return offset;
  }

  async #read(address: number, naming: Naming): Promise<GoType> {
    const common = await readBytes(this.#memory, address, this.#types.runtimeStruct("internal/abi.Type")?.size ?? 0);
    if (common.length === 0) throw new UnreadableError("the layout of the runtime's types is not known");
    const kind = kinds[common[this.#offset("Type", "Kind_")]! & kindMask] ?? "invalid";
    const flags = common[this.#offset("Type", "TFlag")]!;
    const struct = (descriptors[kind] ?? []).find((name) => this.#types.runtimeStruct(`internal/abi.${name}`)) ?? "Type";
    const nameOffset = viewOf(common).getInt32(this.#offset("Type", "Str"), true);
    const spelled = await this.#name(this.#data.start + nameOffset);
    const short = (flags & flagExtraStar) !== 0 ? spelled.replace(/^\*/, "") : spelled;
    const isNamed = (flags & flagNamed) !== 0;
    const name = isNamed && (flags & flagUncommon) !== 0 ? await this.#qualified(short, address, struct) : short;
    const known = isNamed ? this.#types.findPlain(name) : undefined;
    const knownType = known === undefined ? undefined : this.#types.get(known);
    if (knownType && knownType.kind === kind) return knownType;
    const size = wordAt(common, this.#offset("Type", "Size_"));
    const align = common[this.#offset("Type", "Align_")]!;
    if (size < 0 || size > largestSize || align === 0) throw damaged(address);
    return this.#describe({ ...commonOf(name, size, align), named: isNamed }, kind, struct, address, naming);
  }

  /** With the import path, as debug information has it: the descriptor has just the package's name. */
  async #qualified(short: string, address: number, struct: string): Promise<string> {
    const uncommon = address + this.#types.runtimeStruct(`internal/abi.${struct}`)!.size;
    const bytes = await readBytes(this.#memory, uncommon + this.#offset("UncommonType", "PkgPath"), 4);
    const offset = viewOf(bytes).getInt32(0, true);
    if (offset === 0) return short;
    const path = await this.#name(this.#data.start + offset);
    const bracket = short.indexOf("[");
    const dot = short.lastIndexOf(".", bracket < 0 ? undefined : bracket);
    return dot < 0 ? short : `${escapedPath(path)}${short.slice(dot)}`;
  }

  async #describe(base: ReturnType<typeof commonOf>, kind: Kind, struct: string, address: number, naming: Naming): Promise<GoType> {
    const field = async (name: string): Promise<number> => readWord(this.#memory, address + this.#offset(struct, name));
    /** The type's name made of that of its elements, unless it has one of its own. */
    const composed = async (prefix: string): Promise<{ name: string; elem: GoTypeId }> => {
      const elem = await field("Elem");
      const name = base.named ? base.name : prefix + (await this.#nameInside(elem, naming));
      return { name, elem: this.#reference(elem) };
    };
    switch (kind) {
      case "pointer":
        return { ...base, kind, ...(await composed("*")) };
      case "slice":
        return { ...base, kind, ...(await composed("[]")) };
      case "array": {
        const length = await field("Len");
        if (length < 0 || length > largestSize) throw damaged(address);
        return { ...base, kind, length, ...(await composed(`[${length}]`)) };
      }
      case "chan": {
        const direction = (["both", "receive", "send", "both"] as const)[(await field("Dir")) & 3]!;
        return { ...base, kind, direction, ...(await composed({ both: "chan ", receive: "<-chan ", send: "chan<- " }[direction])) };
      }
      case "map": {
        const key = await field("Key");
        const prefix = base.named ? "" : `map[${await this.#nameInside(key, naming)}]`;
        return { ...base, kind, key: this.#reference(key), ...(await composed(prefix)) };
      }
      case "struct": {
        const fields = await this.#fields(address);
        return { ...base, kind, fields, name: base.named ? base.name : await this.#structName(address, fields, naming) };
      }
      case "func": {
        const { variadic, params, results } = await this.#tuples(address);
        const name = base.named ? base.name : await this.#functionName(variadic, params, results, naming);
        const [takes, gives] = [params, results].map((types) => types.map((type) => this.#reference(type)));
        return { ...base, kind, name, params: takes!, results: gives!, variadic };
      }
      case "interface":
        return { ...base, kind, methods: await this.#methods(address) };
      case "invalid":
        throw damaged(address);
      default:
        return { ...base, kind };
    }
  }

  /** Entries of two offsets: of the name, and of the type. */
  async #methods(address: number): Promise<string[]> {
    const slice = await readBytes(this.#memory, address + this.#offset("InterfaceType", "Methods"), 16);
    const count = wordAt(slice, 8);
    if (count < 0 || count > mostFields) throw damaged(address);
    const view = viewOf(await readBytes(this.#memory, wordAt(slice, 0), 8 * count));
    return Promise.all(Array.from({ length: count }, (_, at) => this.#name(this.#data.start + view.getInt32(8 * at, true))));
  }

  async #fields(address: number): Promise<DescribedField[]> {
    const slice = await readBytes(this.#memory, address + this.#offset("StructType", "Fields"), 16);
    const count = wordAt(slice, 8);
    if (count < 0 || count > mostFields) throw damaged(address);
    const stride = this.#types.runtimeStruct("internal/abi.StructField")?.size ?? 0;
    const bytes = await readBytes(this.#memory, wordAt(slice, 0), stride * count);
    const [name, type, offset] = ["Name", "Typ", "Offset"].map((part) => this.#offset("StructField", part)) as [number, number, number];
    return Promise.all(
      Array.from({ length: count }, async (_, at): Promise<DescribedField> => {
        const start = stride * at;
        const nameAddress = wordAt(bytes, start + name);
        const [flags] = await readBytes(this.#memory, nameAddress, 1);
        const descriptor = wordAt(bytes, start + type);
        return {
          name: await this.#name(nameAddress),
          type: this.#reference(descriptor),
          offset: wordAt(bytes, start + offset),
          embedded: (flags! & nameFlags.embedded) !== 0,
          exported: (flags! & nameFlags.exported) !== 0,
          tag: (flags! & nameFlags.tag) === 0 ? "" : await this.#name((await this.#nameEnd(nameAddress)) - 1),
          descriptor,
        };
      }),
    );
  }

  /** Addresses of the descriptors of parameters and results, which stand behind that of the function; the highest bit of their number means `...`. */
  async #tuples(address: number): Promise<{ readonly params: number[]; readonly results: number[]; readonly variadic: boolean }> {
    const counts = viewOf(await readBytes(this.#memory, address + this.#offset("FuncType", "InCount"), 4));
    const [inCount, outCount] = [counts.getUint16(0, true), counts.getUint16(2, true)];
    const [flags] = await readBytes(this.#memory, address + this.#offset("Type", "TFlag"), 1);
    const uncommon = (flags! & flagUncommon) === 0 ? 0 : (this.#types.runtimeStruct("internal/abi.UncommonType")?.size ?? 0);
    const start = address + (this.#types.runtimeStruct("internal/abi.FuncType")?.size ?? 0) + uncommon;
    const all = await readWords(this.#memory, start, inCount + (outCount & 0x7fff));
    return { params: all.slice(0, inCount), results: all.slice(inCount), variadic: (outCount & 0x8000) !== 0 };
  }

  async #functionName(variadic: boolean, params: readonly number[], results: readonly number[], naming: Naming): Promise<string> {
    const names: string[] = [];
    for (const type of [...params, ...results]) names.push(await this.#nameInside(type, naming));
    const [takes, gives] = [names.slice(0, params.length), names.slice(params.length)];
    if (variadic) takes.push((takes.pop() ?? "").replace(/^\[\]/, "..."));
    const result = gives.length > 1 ? `(${gives.join(", ")})` : (gives[0] ?? "");
    return `func(${takes.join(", ")})${result === "" ? "" : ` ${result}`}`;
  }

  /** As debug information has it (cmd/compile/internal/types, `fmtTypeID`): with the package before each field that only it sees. */
  async #structName(address: number, fields: readonly DescribedField[], naming: Naming): Promise<string> {
    if (fields.length === 0) return "struct {}";
    const packageName = await readWord(this.#memory, address + this.#offset("StructType", "PkgPath"));
    const path = packageName === 0 ? "" : `${escapedPath(await this.#name(packageName))}.`;
    const texts: string[] = [];
    for (const { name, embedded, exported, tag, descriptor } of fields) {
      const type = await this.#nameInside(descriptor, naming);
      // An alias has another name than its type, and a type that every package has belongs to none.
      const isNamedAsType = embedded && type.includes(".") && type.slice(type.lastIndexOf(".") + 1) === name;
      const spelled = exported ? name : path + name;
      const quotedTag = tag === "" ? "" : ` ${goQuoted(encodeUtf8(tag))}`;
      texts.push(` ${isNamedAsType ? "" : `${spelled} ${embedded ? "= " : ""}`}${type}${quotedTag}`);
    }
    return `struct {${texts.join(";")} }`;
  }

  /** A name of internal/abi: a byte of flags, the length as unsigned LEB128, the text. A tag behind it has no flags. */
  async #name(address: number): Promise<string> {
    const { start, length } = await this.#nameText(address);
    return decodeUtf8(await readBytes(this.#memory, start, Math.min(length, longestName)));
  }

  async #nameEnd(address: number): Promise<number> {
    const { start, length } = await this.#nameText(address);
    return start + length;
  }

  async #nameText(address: number): Promise<{ readonly start: number; readonly length: number }> {
    const head = await readBytes(this.#memory, address, 3);
    const isLong = head[1]! >= 0x80;
    return {
      start: address + (isLong ? 3 : 2),
      length: (head[1]! & 0x7f) | (isLong ? (head[2]! & 0x7f) << 7 : 0),
    };
  }
}

/** As linker symbols have it (cmd/internal/objabi.PathToPrefix). */
function escapedPath(path: string): string {
  const slash = path.lastIndexOf("/");
  return path.slice(0, slash + 1) + path.slice(slash + 1).replaceAll(".", "%2e");
}
