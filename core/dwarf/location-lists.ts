import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { Entry } from "./entries.ts";
import { indexedAddress, isTombstone, readAddress, readOffset, within } from "./forms.ts";
import { offsetOf, type Unit } from "./units.ts";

/** What an entry says of its place at one address: an expression, nothing at this address, or nothing at all. */
export type LocationChoice =
  | { readonly kind: "expression"; readonly bytes: Uint8Array }
  /** A location list that does not cover the address, or an empty expression: the value is not kept there. */
  | { readonly kind: "not-here" }
  | { readonly kind: "damaged" }
  | { readonly kind: "none" };

/** The expression of attribute `name` (a location or frame base) that holds at the code address `address` (section 2.6.2). */
export function locationAt(entry: Entry, name: number, address: number): LocationChoice {
  return fixedLocation(entry, name) ?? listedLocation(entry, name, address);
}

/** What {@link locationAt} says at every address; `undefined` where the attribute is a location list, of which the address chooses. */
export function fixedLocation(entry: Entry, name: number): LocationChoice | undefined {
  const value = entry.value(name);
  if (!value) return { kind: "none" };
  return value.kind === "expression" || value.kind === "block" ? chosen(value.bytes) : undefined;
}

function listedLocation(entry: Entry, name: number, address: number): LocationChoice {
  try {
    const value = entry.value(name);
    if (value?.kind === "list-index") return chosen(fromList(entry.unit, indexedList(entry.unit, value.index), address));
    const offset = offsetOf(value);
    return offset === undefined ? { kind: "damaged" } : chosen(fromList(entry.unit, offset, address));
  } catch (error) {
    if (error instanceof ByteError) return { kind: "damaged" };
    throw error;
  }
}

function chosen(bytes: Uint8Array | undefined): LocationChoice {
  return bytes && bytes.length > 0 ? { kind: "expression", bytes } : { kind: "not-here" };
}

function indexedList(unit: Unit, index: number): number {
  const base = unit.locationListsBase ?? (unit.offsetSize === 4 ? 12 : 20);
  return base + readOffset(within(unit.sections.locationLists, base + index * unit.offsetSize), unit.offsetSize);
}

function fromList(unit: Unit, offset: number, address: number): Uint8Array | undefined {
  if (unit.version >= 5) return fromEntries(unit, within(unit.sections.locationLists, offset), address, standardEntries);
  const reader = within(unit.sections.locations, offset);
  return unit.skeleton ? fromEntries(unit, reader, address, splitEntries) : fromLocations(unit, reader, address);
}

/** How lists of entries that begin with their kind are written: their kinds up to `lastKind`, and three sorts of numbers. */
interface EntryEncoding {
  readonly lastKind: number;
  readonly offset: (reader: ByteReader) => number;
  readonly rangeLength: (reader: ByteReader) => number;
  readonly expressionLength: (reader: ByteReader) => number;
}

const uleb = (reader: ByteReader): number => reader.uleb();
const u32 = (reader: ByteReader): number => reader.u32();

/** .debug_loclists of version 5 (section 7.7.3), and GNU's view pairs. */
const standardEntries: EntryEncoding = { lastKind: 9, offset: uleb, rangeLength: uleb, expressionLength: uleb };
/** .debug_loc.dwo of GNU's split DWARF 4, the forerunner of version 5 (https://gcc.gnu.org/wiki/DebugFission, "Location lists"). */
const splitEntries: EntryEncoding = { lastKind: 4, offset: u32, rangeLength: u32, expressionLength: (reader) => reader.u16() };

/** The expression of the list at `reader` for `address` (section 2.6.2). The default entry holds where no other does. */
function fromEntries(unit: Unit, reader: ByteReader, address: number, encoding: EntryEncoding): Uint8Array | undefined {
  let base = unit.lowPc ?? 0;
  let byDefault: Uint8Array | undefined;
  for (;;) {
    const at = reader.position;
    const kind = reader.u8();
    if (kind > encoding.lastKind) throw new ByteError("a location list holds an unknown entry", at);
    let low = 0;
    let high = 0;
    switch (kind) {
      case 0:
        return byDefault;
      case 1:
        base = indexedAddress(unit, reader.uleb());
        continue;
      case 2:
        low = indexedAddress(unit, reader.uleb());
        high = indexedAddress(unit, reader.uleb());
        break;
      case 3:
        low = indexedAddress(unit, reader.uleb());
        high = low + encoding.rangeLength(reader);
        break;
      case 4:
        low = base + encoding.offset(reader);
        high = base + encoding.offset(reader);
        break;
      case 5:
        byDefault = reader.take(encoding.expressionLength(reader));
        continue;
      case 6:
        base = readAddress(reader, unit.addressSize);
        continue;
      case 7:
        low = readAddress(reader, unit.addressSize);
        high = readAddress(reader, unit.addressSize);
        break;
      case 8:
        low = readAddress(reader, unit.addressSize);
        high = low + encoding.rangeLength(reader);
        break;
      case 9:
        // GNU's view pair: two numbers about the next entry that do not matter here.
        reader.uleb();
        reader.uleb();
        continue;
    }
    const bytes = reader.take(encoding.expressionLength(reader));
    if (low <= address && address < high) return bytes;
  }
}

/** .debug_loc of versions 2 to 4 (version 4, section 2.6.2). */
function fromLocations(unit: Unit, reader: ByteReader, address: number): Uint8Array | undefined {
  const selectsBase = unit.addressSize === 4 ? 0xffffffff : Number.MAX_SAFE_INTEGER;
  let base = unit.lowPc ?? 0;
  for (;;) {
    const low = readAddress(reader, unit.addressSize);
    const high = readAddress(reader, unit.addressSize);
    if (low === 0 && high === 0) return undefined;
    if (low === selectsBase) {
      base = high;
      continue;
    }
    const bytes = reader.take(reader.u16());
    const isDropped = low !== 0 && isTombstone(low, unit.addressSize);
    if (!isDropped && base + low <= address && address < base + high) return bytes;
  }
}
