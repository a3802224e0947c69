import { ByteError } from "#core/bytes/reader.ts";
import { attribute } from "./constants.ts";
import { readAttributes } from "./entries.ts";
import type { AttributeValue } from "./forms.ts";
import { indexedAddress, isTombstone, readAddress, readOffset, within } from "./forms.ts";
import { offsetOf, type Unit } from "./units.ts";

/** Addresses from `low` up to `high` (exclusive). */
export interface AddressRange {
  readonly low: number;
  readonly high: number;
}

/** Addresses of the code of the entry at `offset` (section 2.17), without what the linker dropped; empty where it has none or they cannot be read. */
export function rangesAt(unit: Unit, offset: number): readonly AddressRange[] {
  try {
    const [ranges, low, high] = readAttributes(unit, offset, whereCodeIs);
    if (ranges) return listed(unit, rangeListOffset(unit, ranges.kind === "list-index" ? ranges.index : undefined, offsetOf(ranges)));
    return lowToHigh(unit, low, high);
  } catch (error) {
    if (error instanceof ByteError) return [];
    throw error;
  }
}

const whereCodeIs = [attribute.ranges, attribute.lowPc, attribute.highPc];

function lowToHigh(unit: Unit, low: AttributeValue | undefined, high: AttributeValue | undefined): readonly AddressRange[] {
  if (low?.kind !== "address" || !high) return [];
  const end = high.kind === "address" ? high.address : high.kind === "constant" ? low.address + Number(high.value) : undefined;
  if (end === undefined || end <= low.address || isTombstone(low.address, unit.addressSize)) return [];
  return [{ low: low.address, high: end }];
}

function rangeListOffset(unit: Unit, index: number | undefined, offset: number | undefined): number | undefined {
  if (index === undefined) return offset;
  // A unit without DW_AT_rnglists_base (split ones) has the first table; its header takes 12 bytes in the 32-bit format.
  const base = unit.rangeListsBase ?? (unit.offsetSize === 4 ? 12 : 20);
  return base + readOffset(within(unit.sections.rangeLists, base + index * unit.offsetSize), unit.offsetSize);
}

function listed(unit: Unit, offset: number | undefined): readonly AddressRange[] {
  if (offset === undefined) return [];
  const found: AddressRange[] = [];
  const add = (low: number, high: number) => {
    if (low < high && !isTombstone(low, unit.addressSize)) found.push({ low, high });
  };
  if (unit.version >= 5) readRangeList(unit, offset, add);
  else readRanges(unit, offset, add);
  return found;
}

/** .debug_ranges of versions 3 and 4 (version 4, section 2.17.3). */
function readRanges(unit: Unit, offset: number, add: (low: number, high: number) => void): void {
  const reader = within(unit.sections.ranges, offset);
  const selectsBase = unit.addressSize === 4 ? 0xffffffff : Number.MAX_SAFE_INTEGER;
  let base = unit.lowPc ?? 0;
  for (;;) {
    const low = readAddress(reader, unit.addressSize);
    const high = readAddress(reader, unit.addressSize);
    if (low === 0 && high === 0) return;
    if (low === selectsBase) base = high;
    else if (!isTombstone(low, unit.addressSize) || low === 0) add(base + low, base + high);
  }
}

/** .debug_rnglists of version 5 (section 2.17.3). */
function readRangeList(unit: Unit, offset: number, add: (low: number, high: number) => void): void {
  const reader = within(unit.sections.rangeLists, offset);
  let base = unit.lowPc ?? 0;
  for (;;) {
    const at = reader.position;
    switch (reader.u8()) {
      case 0:
        return;
      case 1:
        base = indexedAddress(unit, reader.uleb());
        break;
      case 2:
        add(indexedAddress(unit, reader.uleb()), indexedAddress(unit, reader.uleb()));
        break;
      case 3: {
        const low = indexedAddress(unit, reader.uleb());
        add(low, low + reader.uleb());
        break;
      }
      case 4: {
        const low = reader.uleb();
        const high = reader.uleb();
        // Offsets from a dropped base are no addresses.
        if (base < 0xfffffffe) add(base + low, base + high);
        break;
      }
      case 5:
        base = readAddress(reader, unit.addressSize);
        break;
      case 6:
        add(readAddress(reader, unit.addressSize), readAddress(reader, unit.addressSize));
        break;
      case 7: {
        const low = readAddress(reader, unit.addressSize);
        add(low, low + reader.uleb());
        break;
      }
      default:
        throw new ByteError("a range list holds an unknown entry", at);
    }
  }
}
