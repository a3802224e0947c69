import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { Abbreviation } from "./abbreviations.ts";
import { readAbbreviations } from "./abbreviations.ts";
import { attribute, unitType } from "./constants.ts";
import { readForm, readOffset, skipForm, type AttributeValue, type UnitEncoding } from "./forms.ts";
import type { Notes } from "./notes.ts";
import type { DwarfSections } from "./sections.ts";

/** A unit of .debug_info or .debug_types: its header, and what its first entry says of all others. */
export interface Unit extends UnitEncoding {
  /** The section that the unit stands in. */
  readonly section: Uint8Array;
  /** Offset of the first entry, and of the byte behind the last one. */
  readonly start: number;
  readonly end: number;
  readonly shapes: ReadonlyMap<number, Abbreviation>;
  /** Type units: their signature and the offset of the entry it stands for. */
  readonly type: { readonly signature: bigint; readonly offset: number } | undefined;
  readonly name: string | undefined;
  readonly compilationDirectory: string | undefined;
  readonly producer: string | undefined;
  /** DW_LANG code. */
  readonly language: number | undefined;
  /** Offset of its line program in .debug_line. */
  readonly lineProgram: number | undefined;
  readonly rangeListsBase: number | undefined;
  readonly locationListsBase: number | undefined;
  /** Name of the .dwo file that holds the entries of this skeleton. */
  readonly splitName: string | undefined;
  /** Number by which a skeleton and the unit in its .dwo file know each other. */
  readonly splitId: bigint | undefined;
  /** Of a unit out of a .dwo file: the unit in the module that stands for it, which knows addresses and lines. */
  readonly skeleton: Unit | undefined;
  readonly lowPc: number | undefined;
}

/** Reads all unit headers. A damaged one ends the list, as the next cannot be found; one of a version that is unknown is left out. */
export function readUnits(sections: DwarfSections, notes: Notes): readonly Unit[] {
  const units: Unit[] = [];
  const tables = new Map<number, ReadonlyMap<number, Abbreviation>>();
  for (const [name, section] of [
    [".debug_info", sections.info],
    [".debug_types", sections.types],
  ] as const) {
    const reader = new ByteReader(section);
    while (!reader.atEnd) {
      const offset = reader.position;
      let end = section.length;
      try {
        const extent = unitExtent(reader);
        if (extent.length === 0) continue;
        if (extent.end > section.length) notes.add(`${name} ends within a unit: the module was cut off; build it again.`);
        end = Math.min(extent.end, section.length);
        units.push(
          readUnit(
            sections,
            section,
            name === ".debug_types",
            offset,
            extent.offsetSize,
            new ByteReader(section, reader.position, end),
            tables,
          ),
        );
      } catch (error) {
        if (!(error instanceof ByteError)) throw error;
        notes.add(
          `${name}: the unit at 0x${offset.toString(16)} is skipped (${error.message}); build the module again without post-processing.`,
        );
      }
      reader.position = end;
    }
  }
  return units;
}

/** Initial length (section 7.4): bytes that follow, and where they end. Leaves `reader` behind it. */
export function unitExtent(reader: ByteReader): { readonly length: number; readonly end: number; readonly offsetSize: 4 | 8 } {
  const short = reader.u32();
  if (short < 0xfffffff0) return { length: short, end: reader.position + short, offsetSize: 4 };
  if (short !== 0xffffffff) throw new ByteError("its length is a reserved value", reader.position - 4);
  const long = readOffset(reader, 8);
  return { length: long, end: reader.position + long, offsetSize: 8 };
}

function readUnit(
  sections: DwarfSections,
  section: Uint8Array,
  inTypes: boolean,
  offset: number,
  offsetSize: 4 | 8,
  reader: ByteReader,
  tables: Map<number, ReadonlyMap<number, Abbreviation>>,
): Unit {
  const version = reader.u16();
  if (version < 2 || version > 5) throw new ByteError(`DWARF version ${version} is unknown`, offset);
  const kind = version >= 5 ? reader.u8() : inTypes ? unitType.type : unitType.compile;
  const addressSizeFirst = version >= 5 ? reader.u8() : 0;
  const abbreviations = readOffset(reader, offsetSize);
  const addressSize = version >= 5 ? addressSizeFirst : reader.u8();
  if (addressSize !== 4 && addressSize !== 8) throw new ByteError(`addresses of ${addressSize} bytes are unknown`, offset);
  const headerId = kind === unitType.skeleton || kind === unitType.splitCompile ? reader.u64() : undefined;
  const isType = kind === unitType.type || kind === unitType.splitType;
  const type = isType ? { signature: reader.u64(), offset: offset + readOffset(reader, offsetSize) } : undefined;
  const shapes = tables.get(abbreviations) ?? readAbbreviations(sections.abbreviations, abbreviations);
  tables.set(abbreviations, shapes);

  const encoding = { sections, version, addressSize, offsetSize, offset };
  const start = reader.position;
  const bases = readFirstEntry(reader, shapes, { ...encoding, stringOffsetsBase: undefined, addressBase: undefined }, baseAttributes);
  const withBases = {
    ...encoding,
    stringOffsetsBase: offsetOf(bases.get(attribute.stringOffsetsBase)),
    addressBase: offsetOf(bases.get(attribute.addressBase) ?? bases.get(attribute.gnuAddressBase)),
  };
  reader.position = start;
  const first = readFirstEntry(reader, shapes, withBases, unitAttributes);
  const language = first.get(attribute.language);
  const lowPc = first.get(attribute.lowPc);
  const gnuId = first.get(attribute.gnuSplitId);
  return {
    ...withBases,
    section,
    start,
    end: reader.end,
    shapes,
    type,
    name: textOf(first.get(attribute.name)),
    compilationDirectory: textOf(first.get(attribute.compilationDirectory)),
    producer: textOf(first.get(attribute.producer)),
    language: language?.kind === "constant" ? Number(language.value) : undefined,
    lineProgram: offsetOf(first.get(attribute.statementList)),
    rangeListsBase: offsetOf(first.get(attribute.rangeListsBase)),
    locationListsBase: offsetOf(first.get(attribute.locationListsBase)),
    splitName: textOf(first.get(attribute.splitName) ?? first.get(attribute.gnuSplitName)),
    splitId: headerId ?? (gnuId?.kind === "constant" ? gnuId.value : undefined),
    skeleton: undefined,
    lowPc: lowPc?.kind === "address" ? lowPc.address : undefined,
  };
}

const baseAttributes: ReadonlySet<number> = new Set([attribute.stringOffsetsBase, attribute.addressBase, attribute.gnuAddressBase]);
const unitAttributes: ReadonlySet<number> = new Set([
  attribute.name,
  attribute.compilationDirectory,
  attribute.producer,
  attribute.language,
  attribute.statementList,
  attribute.rangeListsBase,
  attribute.locationListsBase,
  attribute.splitName,
  attribute.gnuSplitName,
  attribute.gnuSplitId,
  attribute.lowPc,
]);

/** Reads the `wanted` attributes of the entry at `reader`. A value that points nowhere is left out: it costs that value, not the unit. */
function readFirstEntry(
  reader: ByteReader,
  shapes: ReadonlyMap<number, Abbreviation>,
  encoding: UnitEncoding,
  wanted: ReadonlySet<number>,
): ReadonlyMap<number, AttributeValue> {
  const found = new Map<number, AttributeValue>();
  if (reader.atEnd) return found;
  const shape = shapes.get(reader.uleb());
  if (!shape) return found;
  for (const { name, rule, implicit } of shape.attributes) {
    const at = reader.position;
    skipForm(reader, rule, encoding);
    if (!wanted.has(name)) continue;
    const value = valueOrNothing(new ByteReader(reader.bytes, at, reader.end), rule, encoding, implicit);
    if (value) found.set(name, value);
  }
  return found;
}

function valueOrNothing(...parameters: Parameters<typeof readForm>): AttributeValue | undefined {
  try {
    return readForm(...parameters);
  } catch (error) {
    if (error instanceof ByteError) return undefined;
    throw error;
  }
}

const textOf = (value: AttributeValue | undefined): string | undefined => (value?.kind === "string" ? value.text : undefined);

/** Before version 4 section offsets were written as plain constants. */
export function offsetOf(value: AttributeValue | undefined): number | undefined {
  if (value?.kind === "section-offset") return value.offset;
  if (value?.kind === "constant" && value.value <= 0xffffffffn) return Number(value.value);
  return undefined;
}
