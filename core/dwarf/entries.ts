import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { fixedSize, type Abbreviation } from "./abbreviations.ts";
import { attribute } from "./constants.ts";
import { readForm, skipForm, type AttributeValue } from "./forms.ts";
import type { Notes } from "./notes.ts";
import type { Unit } from "./units.ts";

/** The tree of a unit's entries in the order of the file, without their values: entry `i` is followed by its children, up to `ends[i]`. */
export interface UnitTree {
  readonly count: number;
  /** Offset of each entry in the unit's section. */
  readonly offsets: Uint32Array;
  /** Index of the parent; -1 for the first entry. */
  readonly parents: Int32Array;
  /** Index behind the last descendant. */
  readonly ends: Uint32Array;
  readonly tags: Uint16Array;
}

/** Walks over all entries of `unit` once. A damaged unit gives the entries before the damage. */
export function readTree(unit: Unit, notes: Notes): UnitTree {
  let offsets = new Uint32Array(256);
  let parents = new Int32Array(256);
  let tags = new Uint16Array(256);
  let count = 0;
  const finish = (ends: Uint32Array): UnitTree => ({
    count,
    offsets: offsets.slice(0, count),
    parents: parents.slice(0, count),
    tags: tags.slice(0, count),
    ends,
  });
  const reader = new ByteReader(unit.section, unit.start, unit.end);
  let parent = -1;
  try {
    while (!reader.atEnd) {
      const offset = reader.position;
      const code = reader.uleb();
      if (code === 0) {
        if (parent < 0) break;
        parent = parents[parent]!;
        if (parent < 0) break;
        continue;
      }
      const shape = shapeOf(unit, code, offset);
      if (count === offsets.length) {
        offsets = grown(offsets, new Uint32Array(count * 2));
        parents = grown(parents, new Int32Array(count * 2));
        tags = grown(tags, new Uint16Array(count * 2));
      }
      skipValues(reader, shape, unit);
      offsets[count] = offset;
      parents[count] = parent;
      tags[count] = shape.tag;
      if (shape.hasChildren) parent = count;
      else if (parent < 0) {
        count++;
        break;
      }
      count++;
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    notes.add(
      `.debug_info: the unit at 0x${unit.offset.toString(16)}${unit.name === undefined ? "" : ` (${unit.name})`} is damaged (${error.message}); functions and variables behind that are missing. Build the module again without post-processing.`,
    );
  }
  return finish(subtreeEnds(parents, count));
}

function subtreeEnds(parents: Int32Array, count: number): Uint32Array {
  const ends = new Uint32Array(count);
  for (let entry = count - 1; entry >= 0; entry--) {
    if (ends[entry] === 0) ends[entry] = entry + 1;
    const parent = parents[entry]!;
    if (parent >= 0 && ends[parent] === 0) ends[parent] = ends[entry]!;
  }
  return ends;
}

function grown<T extends Uint16Array | Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function shapeOf(unit: Unit, code: number, at: number): Abbreviation {
  const shape = unit.shapes.get(code);
  if (!shape) throw new ByteError(`abbreviation ${code} is not in .debug_abbrev`, at);
  return shape;
}

function skipValues(reader: ByteReader, shape: Abbreviation, unit: Unit): void {
  const size = fixedSize(shape, unit);
  if (size !== undefined) return reader.skip(size);
  for (const { rule } of shape.attributes) skipForm(reader, rule, unit);
}

/** The value of attribute `name` of the entry at `offset` of the unit's section; `undefined` where it has none, or where it cannot be read. */
export function readAttribute(unit: Unit, offset: number, name: number): AttributeValue | undefined {
  try {
    const reader = new ByteReader(unit.section, offset, unit.end);
    const { attributes } = shapeOf(unit, reader.uleb(), offset);
    // Most entries have not what they are asked for, which their shapes tell.
    const wanted = attributes.findIndex((candidate) => candidate.name === name);
    if (wanted < 0) return undefined;
    for (let at = 0; at < wanted; at++) skipForm(reader, attributes[at]!.rule, unit);
    const { rule, implicit } = attributes[wanted]!;
    return readForm(reader, rule, unit, implicit);
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return undefined;
}

/**
 * The values of several attributes of the entry at `offset`, in the order of `names`; `undefined` for those that it has not. One that cannot be
 * read ends the search, as what follows cannot be found.
 */
export function readAttributes(unit: Unit, offset: number, names: readonly number[]): readonly (AttributeValue | undefined)[] {
  const values: (AttributeValue | undefined)[] = names.map(() => undefined);
  try {
    const reader = new ByteReader(unit.section, offset, unit.end);
    const { attributes } = shapeOf(unit, reader.uleb(), offset);
    const last = attributes.findLastIndex(({ name }) => names.includes(name));
    for (let at = 0; at <= last; at++) {
      const { name, rule, implicit } = attributes[at]!;
      const wanted = names.indexOf(name);
      if (wanted >= 0) values[wanted] ??= readForm(reader, rule, unit, implicit);
      else skipForm(reader, rule, unit);
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return values;
}

/** Finds entries of other places; what an {@link Entry} needs of the file around it. */
export interface EntryHome {
  treeOf(unit: Unit): UnitTree;
  entryAt(unit: Unit | undefined, offset: number): Entry | undefined;
  entryOfSignature(signature: bigint): Entry | undefined;
}

/** One debugging information entry. Values are read when they are asked for; a value that cannot be read is `undefined`. */
export class Entry {
  readonly home: EntryHome;
  readonly unit: Unit;
  /** Index in the unit's tree. */
  readonly index: number;
  readonly #tree: UnitTree;

  constructor(home: EntryHome, unit: Unit, index: number) {
    this.home = home;
    this.unit = unit;
    this.index = index;
    this.#tree = home.treeOf(unit);
  }

  /** Offset in the unit's section. */
  get offset(): number {
    return this.#tree.offsets[this.index]!;
  }

  get tag(): number {
    return this.#tree.tags[this.index]!;
  }

  get parent(): Entry | undefined {
    const parent = this.#tree.parents[this.index]!;
    return parent < 0 ? undefined : new Entry(this.home, this.unit, parent);
  }

  /** `only`: tags of those that are wanted; a unit has thousands of others. */
  children(...only: readonly number[]): Entry[] {
    const children: Entry[] = [];
    const { ends, tags } = this.#tree;
    const end = ends[this.index]!;
    for (let child = this.index + 1; child < end; child = ends[child]!) {
      if (only.length === 0 || only.includes(tags[child]!)) children.push(new Entry(this.home, this.unit, child));
    }
    return children;
  }

  /** The attribute as this entry has it; see {@link inherited} for what stands at its origin. */
  value(name: number): AttributeValue | undefined {
    return readAttribute(this.unit, this.offset, name);
  }

  /** The attribute of this entry, or of its {@link origin} (sections 2.13.2, 3.3.8.2 and 5.7.1). */
  inherited(name: number): AttributeValue | undefined {
    for (const entry of this.#withOrigins()) {
      const value = entry.value(name);
      if (value) return value;
    }
    return undefined;
  }

  /** What this entry completes or stands for: an abstract instance, a declaration, or the type in a type unit that it only names (section 5.7.1). */
  origin(): Entry | undefined {
    return this.reference(attribute.abstractOrigin) ?? this.reference(attribute.specification) ?? this.reference(attribute.signature);
  }

  reference(name: number): Entry | undefined {
    return this.#follow(this.value(name));
  }

  inheritedReference(name: number): Entry | undefined {
    for (const entry of this.#withOrigins()) {
      const found = entry.reference(name);
      if (found) return found;
    }
    return undefined;
  }

  /** Chains of origins have two or three links; a damaged file may hold a circle. */
  *#withOrigins(): Generator<Entry> {
    yield this;
    let current = this.origin();
    for (let depth = 1; current && depth < 8; depth++) {
      yield current;
      current = current.origin();
    }
  }

  #follow(value: AttributeValue | undefined): Entry | undefined {
    if (value?.kind === "signature") return this.home.entryOfSignature(value.value);
    if (value?.kind !== "reference") return undefined;
    return this.home.entryAt(value.within === "unit" ? this.unit : undefined, value.offset);
  }

  text(name: number): string | undefined {
    const value = this.inherited(name);
    return value?.kind === "string" ? value.text : undefined;
  }

  /** Name of the entry or of its origin. */
  get name(): string | undefined {
    return this.text(attribute.name);
  }

  /** A constant that fits a safe integer, read as unsigned; `undefined` for expressions and what is missing. */
  number(name: number): number | undefined {
    const value = this.inherited(name);
    if (value?.kind !== "constant") return undefined;
    const number = Number(value.value);
    return Number.isSafeInteger(number) ? number : undefined;
  }

  flag(name: number): boolean {
    const value = this.inherited(name);
    return value?.kind === "flag" && value.value;
  }
}
