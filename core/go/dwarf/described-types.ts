/** Types of DWARF as types of Go: what `data-types.ts` writes, read back. */
import { sizeOf, type BaseType, type DataType, type StructMember, type StructType } from "#core/dwarf/data-type.ts";
import { basicKinds, commonOf, opaqueType, type GoBasicKind, type GoType, type GoTypeId } from "../layouts/go-type.ts";
import type { GoTypeTable } from "../layouts/go-type-table.ts";

/** A program refers to some thousands; a damaged module may refer to ever more. */
const mostTypes = 100_000;
/** How deep arrays and structs are looked into for what they must be aligned to, and at how many types. */
const deepest = 32;
const mostLooks = 10_000;
const wordSize = 8;

/** Adds types to a table. What one refers to is added with it, one after the other, since types may be cyclic and deep. */
export class DescribedTypes {
  readonly #table: GoTypeTable;
  readonly #ids = new Map<DataType, GoTypeId>();
  readonly #waiting: { readonly id: GoTypeId; readonly type: DataType }[] = [];

  constructor(table: GoTypeTable) {
    this.#table = table;
  }

  of(type: DataType): GoTypeId {
    const id = this.#idOf(type);
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) this.#table.set(next.id, this.#make(next.type));
    return id;
  }

  #idOf(type: DataType): GoTypeId {
    let id = this.#ids.get(type);
    if (id !== undefined) return id;
    id = this.#table.reserve();
    this.#ids.set(type, id);
    if (this.#ids.size > mostTypes) this.#table.set(id, opaqueType("unknown", type.name));
    else this.#waiting.push({ id, type });
    return id;
  }

  #make(type: DataType): GoType {
    const { name } = type;
    const made = this.#plain(type.kind === "alias" ? (type.target() ?? type) : type);
    return type.kind === "alias" ? { ...made, name, named: true } : made;
  }

  #plain(type: DataType): GoType {
    const name = nameOf(type);
    const common = { ...commonOf(name, sizeOf(type) ?? 0, alignOf(type)), named: isDefined(name) };
    switch (type.kind) {
      case "base": {
        const kind = basicKindOf(type);
        return kind ? { ...common, kind } : opaqueType("unknown", name);
      }
      case "array":
        return { ...common, kind: "array", elem: this.#idOf(type.element), length: type.count ?? 0 };
      case "pointer":
        return this.#pointer(common, type.target());
      case "struct":
        return this.#struct(common, type);
      default:
        return opaqueType("unknown", name);
    }
  }

  #pointer(common: ReturnType<typeof commonOf>, target: DataType | undefined): GoType {
    if (!target) return { ...common, kind: "unsafe.Pointer" };
    if (target.kind === "function") return { ...common, kind: "func", params: [], results: [], variadic: false };
    const content = target.kind === "struct" ? this.#mapOrChannel(common, target) : undefined;
    return content ?? { ...common, kind: "pointer", elem: this.#idOf(target) };
  }

  /** A map or channel is a pointer to a struct of the runtime. */
  #mapOrChannel(common: ReturnType<typeof commonOf>, target: StructType): GoType | undefined {
    const name = nameOf(target);
    if (/^hchan<.*>$/s.test(name)) {
      const elem = pointedBy(target, "buf");
      const direction = common.name.startsWith("<-chan") ? "receive" : common.name.startsWith("chan<-") ? "send" : "both";
      return elem && { ...common, kind: "chan", elem: this.#idOf(elem), direction };
    }
    if (!/^map<.*>$/s.test(name)) return undefined;
    const tables = pointedBy(target, "dirPtr");
    const table = tables?.kind === "pointer" ? tables.target() : undefined;
    const group = table && pointedBy(memberOf(table, "groups")?.type, "data");
    const slots = group && memberOf(group, "slots")?.type;
    const slot = slots?.kind === "array" ? slots.element : undefined;
    const [key, elem] = [slot && memberOf(slot, "key")?.type, slot && memberOf(slot, "elem")?.type];
    if (!key || !elem) return undefined;
    // One that is behind a pointer in the table is named as what it is in the map.
    const [heldKey, heldElem] = [targetOf(key), targetOf(elem)];
    const inMap = {
      key: heldKey && name.startsWith(`map<${nameOf(heldKey)},`) ? heldKey : key,
      elem: heldElem && name.endsWith(`,${nameOf(heldElem)}>`) ? heldElem : elem,
    };
    return { ...common, kind: "map", key: this.#idOf(inMap.key), elem: this.#idOf(inMap.elem) };
  }

  #struct(common: ReturnType<typeof commonOf>, type: StructType): GoType {
    const { name } = common;
    const members = type.members();
    if (name === "string" && members.length === 2) return { ...common, kind: "string" };
    if (/^interface\b/.test(name) && members.length === 2) {
      // Which methods there are is not said; that there are some is.
      return { ...common, kind: "interface", methods: members[0]!.name === "tab" ? ["?"] : [] };
    }
    const elements = name.startsWith("[]") ? pointedBy(type, "array") : undefined;
    if (elements) return { ...common, kind: "slice", elem: this.#idOf(elements) };
    const fields = members.map((member) => ({
      name: member.name,
      type: this.#idOf(member.type),
      offset: member.offset,
      embedded: isEmbedded(member),
    }));
    return { ...common, kind: "struct", fields };
  }
}

/** In units that say they are of C the names of structs begin so. */
const nameOf = ({ kind, name }: DataType): string => (kind === "struct" ? name.replace(/^struct (?!\{)/, "") : name);

const memberOf = (type: DataType, name: string): StructMember | undefined =>
  type.kind === "struct" ? type.members().find((member) => member.name === name) : undefined;

const targetOf = (type: DataType): DataType | undefined => (type.kind === "pointer" ? type.target() : undefined);

/** What a pointer in a struct points to. */
function pointedBy(type: DataType | undefined, name: string): DataType | undefined {
  const pointer = type && memberOf(type, name)?.type;
  return pointer?.kind === "pointer" ? pointer.target() : undefined;
}

/** An embedded field has the name of its type. */
const isEmbedded = ({ name, type }: StructMember): boolean =>
  nameOf(type).replace(/^\*/, "").replace(/\[.*$/s, "").split(/[./]/).at(-1) === name;

/** The names of other types are made of the names of what they are made of. */
const isDefined = (name: string): boolean =>
  !isBasic(name) && !/^(?:[[*(]|(?:map|func|struct|interface)\b(?!\.)|<?-?chan\b(?!\.))/.test(name);

const isBasic = (name: string): name is GoBasicKind => (basicKinds as readonly string[]).includes(name);

function basicKindOf({ name, size, encoding }: BaseType): GoBasicKind | undefined {
  if (isBasic(name)) return name;
  switch (encoding) {
    case "signed":
    case "unsigned": {
      const kind = `${encoding === "signed" ? "int" : "uint"}${size * 8}`;
      return isBasic(kind) ? kind : undefined;
    }
    case "float":
      return size === 4 ? "float32" : size === 8 ? "float64" : undefined;
    case "complex":
      return size === 8 ? "complex64" : size === 16 ? "complex128" : undefined;
    case "boolean":
      return "bool";
    default:
      return undefined;
  }
}

/** Bytes. Nothing of Go is aligned to more than a word. */
function alignOf(type: DataType): number {
  const waiting = [{ type, depth: 0 }];
  let align = 1;
  let looks = 0;
  for (let next = waiting.pop(); next && align < wordSize && looks < mostLooks; next = waiting.pop()) {
    const { type: inner, depth } = next;
    looks++;
    if (inner.kind === "base") align = Math.max(align, inner.encoding === "complex" ? inner.size / 2 : Math.min(inner.size, wordSize));
    else if (inner.kind === "pointer") align = wordSize;
    else if (depth < deepest) for (const part of partsOf(inner)) waiting.push({ type: part, depth: depth + 1 });
  }
  return align;
}

/** Types that have a place in values of the type. */
function partsOf(type: DataType): readonly DataType[] {
  if (type.kind === "array") return [type.element];
  if (type.kind === "struct") return type.members().map((member) => member.type);
  const target = type.kind === "alias" ? type.target() : undefined;
  return target ? [target] : [];
}
