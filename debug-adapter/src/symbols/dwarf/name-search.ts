/**
 * Which units of DWARF can have a name: told by the bytes of its text and of references to it, without reading the units. What is not
 * here is in none of them; what is here may turn out to be something else.
 */
import { attribute } from "#core/dwarf/constants.ts";
import type { DwarfSections } from "#core/dwarf/sections.ts";
import type { Unit } from "#core/dwarf/units.ts";

/** How the entries of a unit have their names. */
interface NameForms {
  /** In the entry itself. */
  readonly inline: boolean;
  /** By an offset in .debug_str. */
  readonly offset: boolean;
  /** By an index into .debug_str_offsets. */
  readonly index: boolean;
  /** In ways that only reading tells, such as at an entry of another unit. */
  readonly other: boolean;
}

/** Where a text ends strings of .debug_str. */
interface Occurrences {
  /** Offsets at which strings begin that may be the name. */
  readonly offsets: ReadonlySet<number>;
  /** Whether more than the text may belong to the string, so that its offset is not known. */
  readonly isOpen: boolean;
}

/** Units that name a common text are many, and read anyway. */
const mostOccurrences = 64;

export class NameSearch {
  readonly #tags: ReadonlySet<number>;
  readonly #forms = new Map<Unit["shapes"], NameForms>();
  #name = "";
  #pattern = Buffer.alloc(0);
  #found = new Map<DwarfSections, Occurrences>();

  /** `tags`: of the entries whose names are looked for. */
  constructor(tags: ReadonlySet<number>) {
    this.#tags = tags;
  }

  /** `name`: the end of what an entry may be named, from its begin or from behind a `::` on. */
  mayName(unit: Unit, name: string): boolean {
    this.#searchFor(name);
    // Bytes that are no UTF-8 are read as this.
    if (name === "" || name.includes("\ufffd")) return true;
    const forms = this.#formsOf(unit);
    if (forms.other) return true;
    if (forms.inline && bufferOf(unit.section, unit.start, unit.end).includes(this.#pattern)) return true;
    if (!forms.offset && !forms.index) return false;
    const { offsets, isOpen } = this.#occurrencesIn(unit.sections);
    if (isOpen) return true;
    return (forms.offset && refersTo(unit, offsets)) || (forms.index && hasIndexFor(unit, offsets));
  }

  #searchFor(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    this.#pattern = Buffer.from(`${name}\0`);
    this.#found = new Map();
  }

  #occurrencesIn(sections: DwarfSections): Occurrences {
    const known = this.#found.get(sections);
    if (known) return known;
    const found = occurrences(bufferOf(sections.strings), this.#pattern);
    this.#found.set(sections, found);
    return found;
  }

  #formsOf({ shapes }: Unit): NameForms {
    const known = this.#forms.get(shapes);
    if (known) return known;
    const forms = { inline: false, offset: false, index: false, other: false };
    for (const { tag, attributes } of shapes.values()) {
      if (!this.#tags.has(tag)) continue;
      for (const { name, rule } of attributes) {
        if (name === attribute.abstractOrigin || name === attribute.specification) forms.other ||= rule.meaning !== "unit-reference";
        if (name !== attribute.name) continue;
        if (rule.meaning === "text") forms.inline = true;
        else if (rule.meaning === "string-offset") forms.offset = true;
        else if (rule.meaning === "string-index") forms.index = true;
        else forms.other = true;
      }
    }
    this.#forms.set(shapes, forms);
    return forms;
  }
}

/** A view, no copy. */
function bufferOf(bytes: Uint8Array, start = 0, end = bytes.length): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}

function occurrences(strings: Buffer, pattern: Buffer): Occurrences {
  const offsets = new Set<number>();
  for (let at = strings.indexOf(pattern); at >= 0; at = strings.indexOf(pattern, at + 1)) {
    const isBehindColons = at >= 2 && strings[at - 1] === colon && strings[at - 2] === colon;
    if (isBehindColons || offsets.size === mostOccurrences) return { offsets, isOpen: true };
    // A linker lets a string be the end of another one.
    offsets.add(at);
  }
  return { offsets, isOpen: false };
}

const colon = 0x3a;

/** Whether the unit's bytes hold one of the offsets, of which four bytes are enough in either format. */
function refersTo(unit: Unit, offsets: ReadonlySet<number>): boolean {
  const bytes = bufferOf(unit.section, unit.start, unit.end);
  for (const offset of offsets) {
    const pattern = Buffer.alloc(4);
    pattern.writeUInt32LE(offset % 2 ** 32);
    if (bytes.includes(pattern)) return true;
  }
  return false;
}

/** Whether the part of .debug_str_offsets that begins with the unit's, which has no known end, holds one of the offsets. */
function hasIndexFor({ sections, stringOffsetsBase = 0 }: Unit, offsets: ReadonlySet<number>): boolean {
  const table = sections.stringOffsets;
  if (stringOffsetsBase > table.length) return true;
  const bytes = bufferOf(table, stringOffsetsBase);
  for (const offset of offsets) {
    const pattern = Buffer.alloc(4);
    pattern.writeUInt32LE(offset % 2 ** 32);
    if (bytes.includes(pattern)) return true;
  }
  return false;
}
