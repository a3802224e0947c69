import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { dwarfSections, type DwarfSections } from "./sections.ts";

/** Names of the sections that the columns of an index of version 5 speak of (section 7.3.5.3), and of GNU's version 2 before it. */
const columns: Readonly<Record<number, ReadonlyMap<number, string>>> = {
  2: new Map([
    [1, ".debug_info"],
    [2, ".debug_types"],
    [3, ".debug_abbrev"],
    [4, ".debug_line"],
    [5, ".debug_loc"],
    [6, ".debug_str_offsets"],
  ]),
  5: new Map([
    [1, ".debug_info"],
    [3, ".debug_abbrev"],
    [4, ".debug_line"],
    [5, ".debug_loclists"],
    [6, ".debug_str_offsets"],
    [8, ".debug_rnglists"],
  ]),
};

/**
 * The units of a .dwp file, each as the sections of the .dwo file that it was. `find` gets names such as `.debug_info.dwo`.
 * Empty where there is no index or it is damaged.
 */
export function packagedUnits(find: (name: string) => Uint8Array | undefined): readonly DwarfSections[] {
  return ["cu", "tu"].flatMap((kind) => {
    const index = find(`.debug_${kind}_index`);
    if (!index) return [];
    try {
      return indexed(new ByteReader(index), find);
    } catch (error) {
      if (error instanceof ByteError) return [];
      throw error;
    }
  });
}

function indexed(reader: ByteReader, find: (name: string) => Uint8Array | undefined): readonly DwarfSections[] {
  // Version 5 has two bytes of padding behind the number, version 2 has them as part of it.
  const names = columns[reader.u32() & 0xffff];
  if (!names) return [];
  const [columnCount, unitCount, slotCount] = [reader.u32(), reader.u32(), reader.u32()];
  reader.skip(slotCount * 12);
  const ids = Array.from({ length: boundedBy(columnCount, reader) }, () => reader.u32());
  const table = (): number[][] => Array.from({ length: boundedBy(unitCount, reader) }, () => ids.map(() => reader.u32()));
  const offsets = table();
  const sizes = table();
  return offsets.map((starts, unit) => {
    const pieces = new Map<string, Uint8Array>();
    ids.forEach((id, column) => {
      const name = names.get(id);
      const whole = name === undefined ? undefined : find(`${name}.dwo`);
      const start = starts[column]!;
      if (name !== undefined && whole) pieces.set(name, whole.subarray(start, start + sizes[unit]![column]!));
    });
    return dwarfSections((name) => pieces.get(name) ?? (name === ".debug_str" ? find(".debug_str.dwo") : undefined));
  });
}

/** A count that the section cannot hold is damage, and must not cost memory. */
function boundedBy(count: number, reader: ByteReader): number {
  if (count * 4 > reader.remaining) throw new ByteError("an index counts more than it holds", reader.position);
  return count;
}
