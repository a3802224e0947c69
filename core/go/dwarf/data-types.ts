/** Go's types in the shape of DWARF, as Go's own linker describes them for other machines (cmd/link/internal/ld/dwarf.go). */
import { sizeOf, type BaseType, type DataType, type StructMember, type StructType } from "#core/dwarf/data-type.ts";
import {
  isIntegerKind,
  isUnsignedKind,
  type GoBasicKind,
  type GoChanType,
  type GoMapType,
  type GoStructType,
  type GoType,
  type GoTypeId,
} from "../layouts/go-type.ts";
import type { GoTypeTable } from "../layouts/go-type-table.ts";

const wordSize = 8;
const byte: DataType = base("uint8", 1, "unsigned");
const word: DataType = base("int", wordSize, "signed");
const control: DataType = base("uint64", wordSize, "unsigned");
const anything: DataType = { kind: "pointer", name: "unsafe.Pointer", size: wordSize, flavour: "pointer", target: () => undefined };

/** Each type is made once; what it refers to is made when it is asked for. */
export class GoDataTypes {
  readonly #types: GoTypeTable;
  readonly #known = new Map<GoTypeId, DataType>();
  readonly #pointers = new Map<DataType, DataType>();
  #string: DataType | undefined;

  constructor(types: GoTypeTable) {
    this.#types = types;
  }

  of(id: GoTypeId): DataType {
    const known = this.#known.get(id);
    if (known) return known;
    const type = this.#types.get(id);
    const made = type ? this.#make(type) : { kind: "unknown" as const, name: "?", size: undefined };
    this.#known.set(id, made);
    return made;
  }

  #make(type: GoType): DataType {
    const { name, size } = type;
    switch (type.kind) {
      case "array":
        return this.#array(name, size, type.elem, type.length);
      case "slice": {
        const slice = record(type.named ? `[]${this.#nameOf(type.elem)}` : name, size, () => [
          member("array", this.#pointerTo(this.of(type.elem)), 0),
          member("len", word, wordSize),
          member("cap", word, 2 * wordSize),
        ]);
        return type.named ? alias(name, slice) : slice;
      }
      case "struct":
        return this.#struct(type);
      case "pointer":
        return { kind: "pointer", name, size, flavour: "pointer", target: () => this.#target(type.elem) };
      case "map":
        return pointer(name, () => this.#map(type));
      case "chan":
        return pointer(name, () => this.#channel(type));
      case "func":
        return pointer(name, () => ({ kind: "function", name }));
      case "interface": {
        const words = record(type.named ? "interface" : name, size, () => [
          member(type.methods.length > 0 ? "tab" : "_type", anything, 0),
          member("data", anything, wordSize),
        ]);
        return type.named ? alias(name, words) : words;
      }
      case "parameter":
      case "void":
      case "unknown":
        return { kind: "unknown", name, size: undefined };
      default:
        return this.#basic(name, type.kind, size);
    }
  }

  #nameOf(id: GoTypeId): string {
    return this.#types.get(id)?.name ?? "?";
  }

  #basic(name: string, kind: GoBasicKind, size: number): DataType {
    if (kind === "string" && name !== kind) return alias(name, (this.#string ??= this.#basic(kind, kind, size)));
    if (kind === "string") return record(name, size, () => [member("str", this.#pointerTo(byte), 0), member("len", word, wordSize)]);
    if (kind === "unsafe.Pointer") return { ...anything, name };
    return base(name, size, encodingOf(kind));
  }

  #struct({ name, size, fields }: GoStructType): DataType {
    return record(name, size, () => fields.map((field) => member(field.name, this.of(field.type), field.offset)));
  }

  #array(name: string, size: number, elem: GoTypeId, count: number): DataType {
    const element = (): DataType => this.of(elem);
    return {
      kind: "array",
      name,
      size,
      count,
      get element() {
        return element();
      },
    };
  }

  #target(id: GoTypeId): DataType | undefined {
    return this.#types.get(id)?.kind === "void" ? undefined : this.of(id);
  }

  #pointerTo(type: DataType): DataType {
    let pointer = this.#pointers.get(type);
    if (!pointer) {
      pointer = { kind: "pointer", name: `*${type.name}`, size: wordSize, flavour: "pointer", target: () => type };
      this.#pointers.set(type, pointer);
    }
    return pointer;
  }

  /** The runtime's struct with some of its fields made those of this map or channel, whose contents a debugger finds by them. */
  #runtimeStruct(runtimeName: string, name: string, own: Readonly<Record<string, () => DataType>>): DataType {
    const struct = this.#types.runtimeStruct(runtimeName);
    if (!struct) return { kind: "unknown", name, size: undefined };
    return record(name, struct.size, () =>
      struct.fields.map((field) => member(field.name, own[field.name]?.() ?? this.of(field.type), field.offset)),
    );
  }

  #channel({ elem }: GoChanType): DataType {
    const buffer = (): DataType => this.#pointerTo(this.of(elem));
    return this.#runtimeStruct("runtime.hchan", `hchan<${this.#nameOf(elem)}>`, { buf: buffer });
  }

  #map({ key, elem }: GoMapType): DataType {
    const names = `<${this.#nameOf(key)},${this.#nameOf(elem)}>`;
    const runtime = "internal/runtime/maps";
    const group = (): DataType => this.#pointerTo(this.#group(key, elem, names));
    const groups = (): DataType => this.#runtimeStruct(`${runtime}.groupsReference`, `groupReference${names}`, { data: group });
    const table = (): DataType => this.#runtimeStruct(`${runtime}.table`, `table${names}`, { groups });
    const directory = (): DataType => pointer(`**table${names}`, () => pointer(`*table${names}`, table));
    return this.#runtimeStruct(`${runtime}.Map`, `map${names}`, { dirPtr: directory });
  }

  /** Eight keys and elements, large ones behind pointers (internal/runtime/maps/group.go). */
  #group(key: GoTypeId, elem: GoTypeId, names: string): DataType {
    const [keyAlign, elemAlign] = [this.#slotAlign(key), this.#slotAlign(elem)];
    const [keyType, elemType] = [this.#inSlot(key), this.#inSlot(elem)];
    const elemAt = roundUp(sizeOf(keyType) ?? 0, elemAlign);
    const slotSize = roundUp(Math.max(elemAt + (sizeOf(elemType) ?? 0), elemAt + 1), Math.max(keyAlign, elemAlign));
    const slot = record(`slot${names}`, slotSize, () => [member("key", keyType, 0), member("elem", elemType, elemAt)]);
    const slots: DataType = {
      kind: "array",
      name: `[${slotsPerGroup}]slot${names}`,
      size: slotsPerGroup * slotSize,
      count: slotsPerGroup,
      element: slot,
    };
    return record(`group${names}`, roundUp(wordSize + slotsPerGroup * slotSize, wordSize), () => [
      member("ctrl", control, 0),
      member("slots", slots, wordSize),
    ]);
  }

  #inSlot(id: GoTypeId): DataType {
    const type = this.of(id);
    return (sizeOf(type) ?? 0) > largestInSlot ? this.#pointerTo(type) : type;
  }

  #slotAlign(id: GoTypeId): number {
    const type = this.#types.get(id);
    return type && type.size <= largestInSlot ? type.align : wordSize;
  }
}

const slotsPerGroup = 8;
/** Bytes of a key or element that is not behind a pointer. */
const largestInSlot = 128;
const roundUp = (value: number, align: number): number => Math.ceil(value / align) * align;

function encodingOf(kind: GoBasicKind): BaseType["encoding"] {
  if (isIntegerKind(kind)) return isUnsignedKind(kind) ? "unsigned" : "signed";
  if (kind === "bool") return "boolean";
  return kind.startsWith("complex") ? "complex" : "float";
}

function alias(name: string, target: DataType): DataType {
  return { kind: "alias", name, size: sizeOf(target), target: () => target };
}

function pointer(name: string, target: () => DataType | undefined): DataType {
  let known: DataType | undefined;
  return { kind: "pointer", name, size: wordSize, flavour: "pointer", target: () => (known ??= target()) };
}

function base(name: string, size: number, encoding: BaseType["encoding"]): BaseType {
  return { kind: "base", name, size, encoding };
}

function record(name: string, size: number, members: () => readonly StructMember[]): StructType {
  return { kind: "struct", name, size, flavour: "struct", members };
}

function member(name: string, type: DataType, offset: number): StructMember {
  return { name, type, offset, inherited: false };
}
