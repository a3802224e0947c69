import { attribute, tag } from "./constants.ts";
import {
  sizeOf,
  type BaseType,
  type DataType,
  type EnumType,
  type PointerType,
  type StructMember,
  type StructType,
  type VariantPart,
} from "./data-type.ts";
import type { Entry } from "./entries.ts";
import { dimensions, typeName } from "./type-names.ts";
import type { Unit } from "./units.ts";

/** DW_ATE codes (section 7.8). */
const encodings: ReadonlyMap<number, BaseType["encoding"]> = new Map([
  [0x01, "address"],
  [0x02, "boolean"],
  [0x03, "complex"],
  [0x04, "float"],
  [0x05, "signed"],
  [0x06, "signed-char"],
  [0x07, "unsigned"],
  [0x08, "unsigned-char"],
  [0x10, "utf"],
  [0x11, "utf"],
  [0x12, "utf"],
] as const);

const flavours: ReadonlyMap<number, PointerType["flavour"]> = new Map([
  [tag.pointerType, "pointer"],
  [tag.referenceType, "reference"],
  [tag.rvalueReferenceType, "rvalue-reference"],
  [tag.pointerToMemberType, "member-pointer"],
] as const);

/** Types by entry, each made once. What a type refers to is read when it is asked for: types may be cyclic. */
export class DataTypes {
  readonly #known = new Map<Unit, Map<number, DataType>>();
  readonly #definitionOf: (declaration: Entry) => Entry | undefined;

  /** `definitionOf`: where another unit has what one only declares; without it such types stay incomplete. */
  constructor(definitionOf: (declaration: Entry) => Entry | undefined = () => undefined) {
    this.#definitionOf = definitionOf;
  }

  of(entry: Entry): DataType {
    const known = this.#known.get(entry.unit) ?? new Map<number, DataType>();
    this.#known.set(entry.unit, known);
    const type = known.get(entry.offset) ?? this.#make(entry);
    known.set(entry.offset, type);
    return type;
  }

  /** The type that attribute `type` of `entry` or of its origin names; `undefined`: `void`. */
  ofValue(entry: Entry): DataType | undefined {
    const type = entry.inheritedReference(attribute.type);
    return type && this.of(type);
  }

  #make(entry: Entry): DataType {
    const whole = completed(entry);
    const name = typeName(whole);
    const size = whole.number(attribute.byteSize);
    const target = () => {
      const type = whole.reference(attribute.type);
      return type && this.of(type);
    };
    switch (whole.tag) {
      case tag.baseType:
        return { kind: "base", name, size: size ?? 0, encoding: encodings.get(whole.number(attribute.encoding) ?? 0) ?? "other" };
      case tag.pointerType:
      case tag.referenceType:
      case tag.rvalueReferenceType:
      case tag.pointerToMemberType:
        return { kind: "pointer", name, size: size ?? whole.unit.addressSize, flavour: flavours.get(whole.tag) ?? "pointer", target };
      case tag.structureType:
      case tag.classType:
      case tag.interfaceType:
      case tag.unionType:
        return this.#struct(whole, name, size);
      case tag.arrayType:
        return this.#array(whole, name, size);
      case tag.enumerationType:
        return this.#enum(whole, name, size);
      case tag.typedef:
      case tag.templateAlias:
      case tag.constType:
      case tag.volatileType:
      case tag.restrictType:
      case tag.atomicType:
      case tag.sharedType:
      case tag.packedType:
      case tag.immutableType:
        return aliasOf(name, size, target);
      case tag.subroutineType:
        return { kind: "function", name };
      default:
        return { kind: "unknown", name, size };
    }
  }

  #struct(entry: Entry, name: string, size: number | undefined): StructType {
    let members: readonly StructMember[] | undefined;
    let typeArguments: readonly DataType[] | undefined;
    const flavour = entry.tag === tag.unionType ? "union" : entry.tag === tag.structureType ? "struct" : "class";
    if (entry.flag(attribute.declaration)) return this.#declared(entry, name, flavour);
    return {
      kind: "struct",
      name,
      size,
      flavour,
      members: () => (members ??= this.#members(entry)),
      variants: () => this.#variants(entry),
      typeArguments: () => (typeArguments ??= this.#typeArguments(entry)),
    };
  }

  /** What it is elsewhere is looked for when somebody wants to know: most pointers are never followed. */
  #declared(entry: Entry, name: string, flavour: StructType["flavour"]): StructType {
    let looked = false;
    let found: StructType | undefined;
    const whole = (): StructType | undefined => {
      if (looked) return found;
      looked = true;
      const definition = this.#definitionOf(entry);
      const type = definition && !definition.flag(attribute.declaration) ? this.of(definition) : undefined;
      return (found = type?.kind === "struct" ? type : undefined);
    };
    return {
      kind: "struct",
      name,
      get size() {
        return whole()?.size;
      },
      flavour,
      members: () => whole()?.members() ?? [],
      variants: () => whole()?.variants?.(),
      typeArguments: () => this.#typeArguments(entry),
    };
  }

  #typeArguments(entry: Entry): readonly DataType[] {
    return entry.children().flatMap((child) => {
      const type = child.tag === tag.templateTypeParameter ? this.ofValue(child) : undefined;
      return type ? [type] : [];
    });
  }

  #variants(entry: Entry): VariantPart | undefined {
    const part = entry.children().find((child) => child.tag === tag.variantPart);
    if (!part) return undefined;
    const chooser = part.reference(attribute.discriminant);
    const chooserType = chooser && this.ofValue(chooser);
    const discriminant = chooser && chooserType && placedMember(chooser, chooserType)[0];
    const bits = (chooserType && sizeOf(chooserType)) ?? 8;
    const variants = part.children().flatMap((variant) => {
      if (variant.tag !== tag.variant) return [];
      const value = variant.value(attribute.discriminantValue);
      return [{ value: value?.kind === "constant" ? BigInt.asUintN(bits * 8, value.value) : undefined, members: this.#members(variant) }];
    });
    return { discriminant, variants };
  }

  #members(entry: Entry): readonly StructMember[] {
    const members: StructMember[] = [];
    for (const child of entry.children()) {
      if (child.tag !== tag.member && child.tag !== tag.inheritance) continue;
      const type = this.ofValue(child);
      if (type) members.push(...placedMember(child, type));
    }
    return members;
  }

  /** Dimensions are nested: the element of `int[2][3]` is `int[3]`. */
  #array(entry: Entry, name: string, size: number | undefined): DataType {
    const elementEntry = entry.reference(attribute.type);
    if (!elementEntry) return { kind: "unknown", name, size };
    const counts = dimensions(entry);
    const baseName = typeName(elementEntry);
    let result = (): DataType => this.of(elementEntry);
    for (let at = counts.length - 1; at >= 0; at--) {
      const whole = at === 0;
      const innerName =
        baseName +
        counts
          .slice(at)
          .map((count) => `[${count ?? ""}]`)
          .join("");
      const array = arrayOf(whole ? name : innerName, whole ? size : undefined, result, counts[at]);
      result = () => array;
    }
    return result();
  }

  #enum(entry: Entry, name: string, size: number | undefined): EnumType {
    const underlying = entry.reference(attribute.type);
    const encoding = underlying && encodings.get(underlying.number(attribute.encoding) ?? 0);
    const bytes = size ?? underlying?.number(attribute.byteSize) ?? 4;
    const bits = bytes * 8;
    const raw = entry.children().filter((child) => child.tag === tag.enumerator);
    const values = raw.map((child) => {
      const value = child.value(attribute.constValue);
      return { name: child.name ?? "?", value: value?.kind === "constant" ? value.value : 0n };
    });
    const signed = encoding ? encoding === "signed" || encoding === "signed-char" : values.some(({ value }) => value < 0n);
    const wrapped = (value: bigint) => (signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
    return { kind: "enum", name, size: bytes, signed, values: values.map(({ name, value }) => ({ name, value: wrapped(value) })) };
  }
}

/** A declaration of a type that stands in a type unit refers to it by signature. */
function completed(entry: Entry): Entry {
  if (!entry.flag(attribute.declaration)) return entry;
  return entry.reference(attribute.signature) ?? entry;
}

/** Size of an alias: its own, else that of what it stands for. */
function aliasOf(name: string, own: number | undefined, target: () => DataType | undefined): DataType {
  return {
    kind: "alias",
    name,
    get size() {
      return own ?? sizeBelowAliases(target());
    },
    target,
  };
}

function arrayOf(name: string, own: number | undefined, element: () => DataType, count: number | undefined): DataType {
  return {
    kind: "array",
    name,
    get element() {
      return element();
    },
    get size() {
      return own ?? sizeOfElements(element(), count);
    },
    count,
  };
}

/** Sizes are followed by a loop with a limit: a damaged file may hold an array of itself. */
function sizeOfElements(element: DataType, count: number | undefined): number | undefined {
  let total = count;
  let current: DataType | undefined = element;
  for (let depth = 0; current && total !== undefined && depth < 64; depth++) {
    if (current.kind === "alias") current = current.target();
    else if (current.kind === "array") {
      total = current.count === undefined ? undefined : total * current.count;
      current = current.element;
    } else return current.kind === "function" || current.size === undefined ? undefined : total * current.size;
  }
  return undefined;
}

function sizeBelowAliases(type: DataType | undefined): number | undefined {
  return type && sizeOfElements(type, 1);
}

/** A member with a place of its own; static members and those behind a virtual base have none here. */
function placedMember(entry: Entry, type: DataType): readonly StructMember[] {
  const isInherited = entry.tag === tag.inheritance;
  const name = entry.name ?? (isInherited ? type.name : "");
  const bitSize = entry.number(attribute.bitSize);
  const location = entry.value(attribute.dataMemberLocation);
  if (entry.flag(attribute.declaration) || (location && location.kind !== "constant" && constantOffset(location) === undefined)) return [];
  const offset = location ? (constantOffset(location) ?? 0) : 0;
  if (bitSize === undefined) return [{ name, type, offset, inherited: isInherited }];

  const fromStart = entry.number(attribute.dataBitOffset);
  if (fromStart !== undefined) {
    return [{ name, type, offset: Math.floor(fromStart / 8), bits: { bitOffset: fromStart % 8, bitSize }, inherited: false }];
  }
  // Before version 4: counted from the most significant bit of a storage unit of DW_AT_byte_size bytes (version 3, section 5.5.6).
  const storage = (entry.number(attribute.byteSize) ?? sizeOf(type) ?? 4) * 8;
  const bitOffset = storage - (entry.number(attribute.bitOffset) ?? 0) - bitSize;
  return [
    { name, type, offset: offset + Math.floor(bitOffset / 8), bits: { bitOffset: ((bitOffset % 8) + 8) % 8, bitSize }, inherited: false },
  ];
}

/** DW_AT_data_member_location: a constant, or in old versions the expression `DW_OP_plus_uconst n`. */
function constantOffset(value: NonNullable<ReturnType<Entry["value"]>>): number | undefined {
  if (value.kind === "constant") return Number(value.value);
  if ((value.kind !== "expression" && value.kind !== "block") || value.bytes[0] !== 0x23) return undefined;
  let offset = 0;
  for (let at = 1, scale = 1; at < value.bytes.length && at <= 5; at++, scale *= 128) offset += (value.bytes[at]! & 0x7f) * scale;
  return offset;
}
