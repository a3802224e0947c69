/** Go's types in the shape of DWARF, as Go's own linker describes them for other machines (cmd/link/internal/ld/dwarf.go). */
import type { BaseType, DataType, StructMember, StructType } from "#core/dwarf/data-type.ts";
import { isIntegerKind, isUnsignedKind, type GoBasicKind, type GoStructType, type GoType, type GoTypeId } from "../layouts/go-type.ts";
import type { GoTypeTable } from "../layouts/go-type-table.ts";

const wordSize = 8;
const byte: DataType = base("uint8", 1, "unsigned");
const word: DataType = base("int", wordSize, "signed");
const anything: DataType = { kind: "pointer", name: "unsafe.Pointer", size: wordSize, flavour: "pointer", target: () => undefined };

/** Each type is made once; what it refers to is made when it is asked for. */
export class GoDataTypes {
  readonly #types: GoTypeTable;
  readonly #known = new Map<GoTypeId, DataType>();
  readonly #pointers = new Map<DataType, DataType>();
  #channel: DataType | undefined;
  #map: DataType | undefined;

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
      case "slice":
        return record(name, size, () => [
          member("array", this.#pointerTo(this.of(type.elem)), 0),
          member("len", word, wordSize),
          member("cap", word, 2 * wordSize),
        ]);
      case "struct":
        return this.#struct(type);
      case "pointer":
        return { kind: "pointer", name, size, flavour: "pointer", target: () => this.#target(type.elem) };
      case "map":
        return {
          kind: "pointer",
          name,
          size,
          flavour: "pointer",
          target: () => (this.#map ??= this.#runtimeType("internal/runtime/maps.Map")),
        };
      case "chan":
        return { kind: "pointer", name, size, flavour: "pointer", target: () => (this.#channel ??= this.#runtimeType("runtime.hchan")) };
      case "func":
        return { kind: "pointer", name, size, flavour: "pointer", target: () => undefined };
      case "interface":
        return record(name, size, () => [
          member(type.methods.length > 0 ? "tab" : "_type", anything, 0),
          member("data", anything, wordSize),
        ]);
      case "parameter":
      case "void":
      case "unknown":
        return { kind: "unknown", name, size: undefined };
      default:
        return this.#basic(name, type.kind, size);
    }
  }

  #basic(name: string, kind: GoBasicKind, size: number): DataType {
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

  #runtimeType(name: string): DataType {
    const struct = this.#types.runtimeStruct(name);
    return struct ? this.#struct(struct) : { kind: "unknown", name, size: undefined };
  }
}

function encodingOf(kind: GoBasicKind): BaseType["encoding"] {
  if (isIntegerKind(kind)) return isUnsignedKind(kind) ? "unsigned" : "signed";
  if (kind === "bool") return "boolean";
  return kind.startsWith("complex") ? "complex" : "float";
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
