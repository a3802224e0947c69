/** Names that DWARF has outside of functions, found over all units; a unit is read when it may have a name that was found in none before. */
import { ByteReader } from "#core/bytes/reader.ts";
import { attribute, tag } from "#core/dwarf/constants.ts";
import { type DataType, withoutAliases } from "#core/dwarf/data-type.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import { Entry, readAttribute } from "#core/dwarf/entries.ts";
import { functionName } from "#core/dwarf/functions.ts";
import { enclosingNames } from "#core/dwarf/qualified-name.ts";
import { rangesAt } from "#core/dwarf/ranges.ts";
import type { DataTypes } from "#core/dwarf/types.ts";
import type { Unit } from "#core/dwarf/units.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import type { FunctionIndex, ModuleOffset } from "#core/wasm/offsets.ts";
import type { Completion } from "../expression-source.ts";
import type { LogicalFrame, Variable } from "../module-symbols.ts";
import { nameParts, withoutArguments } from "../name-parts.ts";
import type { NamedEnumerator, NamedFunction, NameSource } from "../name-source.ts";
import type { AddressSpace } from "./addresses.ts";
import { NameSearch } from "./name-search.ts";
import { describedVariable } from "./described-variable.ts";
import { FramePlaces, optimizedOutValue } from "./places.ts";
import { placedVariable } from "./variables.ts";

type Kind = "type" | "variable" | "enumerator" | "function";

const kinds: ReadonlyMap<number, Kind> = new Map<number, Kind>([
  [tag.baseType, "type"],
  [tag.structureType, "type"],
  [tag.classType, "type"],
  [tag.unionType, "type"],
  [tag.enumerationType, "type"],
  [tag.typedef, "type"],
  [tag.variable, "variable"],
  // A static member of a class, as DWARF 4 has it.
  [tag.member, "variable"],
  [tag.enumerator, "enumerator"],
  [tag.subprogram, "function"],
]);

const mostCompletions = 1000;

/** Entries of one unit by the last part of their names. */
type UnitNames = ReadonlyMap<string, readonly number[]>;

export class DwarfNames implements NameSource<LogicalFrame, Variable> {
  readonly #module: WasmModule;
  readonly #info: DebugInfo;
  readonly #types: DataTypes;
  readonly #addresses: AddressSpace;
  readonly #byUnit = new Map<Unit, UnitNames>();
  readonly #search = new NameSearch(new Set(kinds.keys()));

  constructor(module: WasmModule, info: DebugInfo, types: DataTypes, addresses: AddressSpace) {
    this.#module = module;
    this.#info = info;
    this.#types = types;
    this.#addresses = addresses;
  }

  typeNamed(name: string, offset: ModuleOffset): DataType | undefined {
    let declared: DataType | undefined;
    for (const entry of this.#entries("type", name, offset)) {
      const type = this.#types.of(entry);
      const plain = withoutAliases(type);
      if (plain.kind !== "struct" || plain.size !== undefined) return type;
      declared ??= type;
    }
    return declared;
  }

  /** The type that a unit only declares, as another one defines it; `undefined` where none does, or where several define different ones. */
  definitionOf(declaration: Entry): Entry | undefined {
    const { name } = declaration;
    if (name === undefined) return undefined;
    const around = enclosingNames(declaration).join("::");
    // What has no name around it is in no other unit.
    if (around.includes("(")) return undefined;
    let found: Entry | undefined;
    for (const entry of this.#entriesOf(this.#info.units, splitName(name).last)) {
      if (!isClass(entry) || entry.flag(attribute.declaration) || entry.name !== name || isLocal(entry)) continue;
      if (enclosingNames(entry).join("::") !== around) continue;
      if (found && found.number(attribute.byteSize) !== entry.number(attribute.byteSize)) return undefined;
      found ??= entry;
    }
    return found;
  }

  async variableNamed(name: string, frame: LogicalFrame): Promise<Variable | undefined> {
    for (const entry of this.#entries("variable", name, frame.offset)) {
      const address = this.#addresses.toAddress(frame.offset);
      const fn = this.#info.functionAt(address)?.entry ?? entry;
      const variable = await placedVariable(describedVariable(entry, name, this.#types), new FramePlaces(frame, fn, address));
      if (variable.value !== optimizedOutValue) return variable;
    }
    return undefined;
  }

  enumeratorNamed(name: string, offset: ModuleOffset): NamedEnumerator | undefined {
    for (const entry of this.#entries("enumerator", name, offset)) {
      const type = entry.parent && this.#types.of(entry.parent);
      const found = type?.kind === "enum" ? type.values.find((candidate) => candidate.name === entry.name) : undefined;
      if (type?.kind === "enum" && found) return { type, value: found.value };
    }
    return undefined;
  }

  functionsNamed(name: string, offset: ModuleOffset): readonly NamedFunction[] {
    const found: NamedFunction[] = [];
    let unit: Unit | undefined;
    for (const entry of this.#entries("function", name, offset)) {
      // Functions of the same name in other units are other functions.
      if (unit && entry.unit !== unit) break;
      const fn = this.#functionOf(entry);
      if (!fn) continue;
      unit = entry.unit;
      if (!found.some(({ index }) => index === fn.index)) found.push(fn);
    }
    return found;
  }

  functionWith(index: FunctionIndex): NamedFunction | undefined {
    const body = this.#module.functions[index]?.body;
    const entry = body && this.#info.functionAt(this.#addresses.toAddress(body.start))?.entry;
    return entry && this.#functionOf(entry);
  }

  #functionOf(entry: Entry): NamedFunction | undefined {
    const [range] = rangesAt(entry.unit, entry.offset);
    const index = range && this.#module.functionAt(this.#addresses.toOffset(range.low))?.index;
    if (index === undefined) return undefined;
    const parameters = entry
      .children()
      .filter((child) => child.tag === tag.formalParameter || child.tag === tag.unspecifiedParameters)
      .map((child) => this.#types.ofValue(child));
    return { index, name: functionName(entry), parameters, result: this.#types.ofValue(entry), virtualSlot: virtualSlotOf(entry) };
  }

  namesWith(prefix: string, offset: ModuleOffset): readonly Completion[] {
    const { outer, last } = splitName(prefix);
    const found = new Map<string, Completion>();
    for (const unit of this.#unitsFrom(this.#unitAt(offset))) {
      for (const [name, indices] of this.#namesOf(unit)) {
        if (!name.startsWith(last) || found.has(name)) continue;
        const entry = indices.map((index) => new Entry(this.#info, unit, index)).find((candidate) => isWithin(candidate, outer));
        const kind = entry && kinds.get(entry.tag);
        if (kind === "variable" || kind === "function" || kind === "enumerator")
          found.set(name, { name, kind: kind === "enumerator" ? "constant" : kind });
        if (found.size === mostCompletions) return [...found.values()];
      }
    }
    return [...found.values()];
  }

  /** Entries of that name, those of the unit at `offset` first; what is around them must fit what stands before the last `::`. */
  *#entries(kind: Kind, name: string, offset: ModuleOffset): Generator<Entry> {
    const { outer, last } = splitName(name);
    for (const entry of this.#entriesOf(this.#unitsFrom(this.#unitAt(offset)), last)) {
      if (kinds.get(entry.tag) === kind && isWithin(entry, outer)) yield entry;
    }
  }

  /** Entries of all units that are called so, whatever is around them. */
  entriesNamed(last: string): Iterable<Entry> {
    return this.#entriesOf(this.#info.units, last);
  }

  /** Entries of all kinds whose names end with `last`. */
  *#entriesOf(units: Iterable<Unit>, last: string): Generator<Entry> {
    for (const unit of units) {
      // Reading the names of a unit takes a while; that it cannot have this one is seen at once.
      if (!this.#byUnit.has(unit) && !this.#search.mayName(unit, last)) continue;
      for (const index of this.#namesOf(unit).get(last) ?? []) yield new Entry(this.#info, unit, index);
    }
  }

  /** All units, the one at hand first. */
  *#unitsFrom(home: Unit | undefined): Generator<Unit> {
    if (home) yield home;
    for (const unit of this.#info.units) if (unit !== home) yield unit;
  }

  #unitAt(offset: ModuleOffset): Unit | undefined {
    return this.#info.functionAt(this.#addresses.toAddress(offset))?.entry.unit;
  }

  #namesOf(unit: Unit): UnitNames {
    const known = this.#byUnit.get(unit);
    if (known) return known;
    const names = new Map<string, number[]>();
    const { count, tags } = this.#info.treeOf(unit);
    for (let index = 0; index < count; index++) {
      if (!kinds.has(tags[index]!)) continue;
      const entry = new Entry(this.#info, unit, index);
      // The name last: most entries are variables of frames and members, of which it is not wanted.
      const name = isNamed(entry) ? nameOf(entry) : undefined;
      if (name === undefined) continue;
      const { last } = splitName(name);
      const same = names.get(last);
      if (same) same.push(index);
      else names.set(last, [index]);
    }
    this.#byUnit.set(unit, names);
    return names;
  }
}

/** The entry's own name is the usual case, and quickly found. */
function nameOf(entry: Entry): string | undefined {
  const own = readAttribute(entry.unit, entry.offset, attribute.name);
  return own?.kind === "string" ? own.text : entry.name;
}

/** Of variables only those outside of frames, and of functions only those with code; declarations of types are kept, as there may be nothing else. */
function isNamed(entry: Entry): boolean {
  if (entry.tag === tag.variable) return isStatic(entry) || isConstantOutside(entry);
  if (entry.tag === tag.member) return isConstantOutside(entry);
  if (entry.tag === tag.subprogram) return entry.value(attribute.lowPc) !== undefined || entry.value(attribute.ranges) !== undefined;
  return true;
}

const isClass = ({ tag: kind }: Entry): boolean => kind === tag.structureType || kind === tag.classType || kind === tag.unionType;

/** A type of a function is its own, whatever others are called. */
function isLocal(entry: Entry): boolean {
  let around = entry.parent;
  for (let depth = 0; around && depth < 64; depth++, around = around.parent) {
    if (around.tag === tag.subprogram || around.tag === tag.lexicalBlock) return true;
  }
  return false;
}

/** A place that is an address (`DW_OP_addr`, `DW_OP_addrx`, GNU's forerunner of that), which no variable of a frame has. */
function isStatic(entry: Entry): boolean {
  const place = entry.value(attribute.location);
  if (place?.kind !== "expression" && place?.kind !== "block") return false;
  return place.bytes[0] === 0x03 || place.bytes[0] === 0xa1 || place.bytes[0] === 0xfb;
}

/** A constant of a class or namespace. */
function isConstantOutside(entry: Entry): boolean {
  if (entry.value(attribute.constValue) === undefined) return false;
  const outer = entry.parent?.tag;
  return outer !== tag.subprogram && outer !== tag.lexicalBlock && outer !== tag.inlinedSubroutine;
}

/** DW_AT_vtable_elem_location (section 5.7.8): a number, which compilers write as `DW_OP_constu n`. */
function virtualSlotOf(method: Entry): number | undefined {
  const location = method.inherited(attribute.vtableElementLocation);
  if (location?.kind === "constant") return Number(location.value);
  if (location?.kind !== "expression" && location?.kind !== "block") return undefined;
  const reader = new ByteReader(location.bytes);
  // Slots above 127 take another byte or two; what does not end is damaged.
  return reader.remaining > 1 && reader.u8() === 0x10 && (reader.bytes[reader.end - 1] ?? 0x80) < 0x80 ? reader.uleb() : undefined;
}

/** The part behind the last `::` that is in no brackets, and the names before it. */
function splitName(name: string): { readonly outer: readonly string[]; readonly last: string } {
  const parts = nameParts(name);
  return { outer: parts.slice(0, -1).filter((part) => part !== "" && part !== "crate" && part !== "self"), last: parts.at(-1) ?? name };
}

/** The names around an entry end with `outer`; an enumerator's enum may be named or not. */
function isWithin(entry: Entry, outer: readonly string[]): boolean {
  if (outer.length === 0) return true;
  const around = enclosingNames(entry).map(withoutArguments);
  const wanted = outer.map(withoutArguments);
  return wanted.every((part, at) => around[around.length - wanted.length + at] === part);
}
