import { ByteError } from "#core/bytes/reader.ts";
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
  try {
    const value = entry.value(name);
    if (!value) return { kind: "none" };
    if (value.kind === "expression" || value.kind === "block") return chosen(value.bytes);
    if (value.kind === "list-index") return chosen(fromList(entry.unit, indexedList(entry.unit, value.index), address));
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
  if (unit.version >= 5) return fromLocationList(unit, offset, address);
  return unit.skeleton ? fromSplitLocations(unit, offset, address) : fromLocations(unit, offset, address);
}

/** .debug_loc.dwo of GNU's split DWARF 4, the forerunner of version 5 (https://gcc.gnu.org/wiki/DebugFission, "Location lists"). */
function fromSplitLocations(unit: Unit, offset: number, address: number): Uint8Array | undefined {
  const reader = within(unit.sections.locations, offset);
  let base = unit.lowPc ?? 0;
  for (;;) {
    const at = reader.position;
    let low = 0;
    let high = 0;
    switch (reader.u8()) {
      case 0:
        return undefined;
      case 1:
        base = indexedAddress(unit, reader.uleb());
        continue;
      case 2:
        low = indexedAddress(unit, reader.uleb());
        high = indexedAddress(unit, reader.uleb());
        break;
      case 3:
        low = indexedAddress(unit, reader.uleb());
        high = low + reader.u32();
        break;
      case 4:
        low = base + reader.u32();
        high = base + reader.u32();
        break;
      default:
        throw new ByteError("a location list holds an unknown entry", at);
    }
    const bytes = reader.take(reader.u16());
    if (low <= address && address < high) return bytes;
  }
}

/** .debug_loc of versions 2 to 4 (version 4, section 2.6.2). */
function fromLocations(unit: Unit, offset: number, address: number): Uint8Array | undefined {
  const reader = within(unit.sections.locations, offset);
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

/** .debug_loclists of version 5 (section 2.6.2). The default entry holds where no other does. */
function fromLocationList(unit: Unit, offset: number, address: number): Uint8Array | undefined {
  const reader = within(unit.sections.locationLists, offset);
  let base = unit.lowPc ?? 0;
  let byDefault: Uint8Array | undefined;
  for (;;) {
    const at = reader.position;
    const kind = reader.u8();
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
        high = low + reader.uleb();
        break;
      case 4:
        low = base + reader.uleb();
        high = base + reader.uleb();
        break;
      case 5:
        byDefault = reader.take(reader.uleb());
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
        high = low + reader.uleb();
        break;
      case 9:
        // GNU's view pair: two numbers about the next entry that do not matter here.
        reader.uleb();
        reader.uleb();
        continue;
      default:
        throw new ByteError("a location list holds an unknown entry", at);
    }
    const bytes = reader.take(reader.uleb());
    if (low <= address && address < high) return bytes;
  }
}
