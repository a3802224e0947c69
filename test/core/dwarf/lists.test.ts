import { expect, test } from "vitest";
import { ByteWriter } from "#core/bytes/writer.ts";
import { attribute, tag } from "#core/dwarf/constants.ts";
import { DebugInfo } from "#core/dwarf/debug-info.ts";
import { locationAt } from "#core/dwarf/location-lists.ts";
import { rangesAt } from "#core/dwarf/ranges.ts";
import { dwarfSections } from "#core/dwarf/sections.ts";

const header = (count: number): number[] => [0, 0, 0, 0, 5, 0, 4, 0, count, 0, 0, 0];

/** A unit of version 5 with one variable: its place and the unit's code are the lists (DWARF 5, sections 7.7.3 and 7.25). */
function info(rangeList: number[], locationList: number[]): DebugInfo {
  const abbreviations = new ByteWriter();
  for (const part of [
    [1, 0x11, 1, attribute.lowPc, 0x01, attribute.addressBase, 0x17, attribute.rangeListsBase, 0x17, attribute.ranges, 0x23, 0, 0],
    [2, tag.variable, 0, attribute.name, 0x1a, attribute.location, 0x17, 0, 0, 0],
  ]) {
    for (const [at, value] of part.entries()) {
      if (at === 2) abbreviations.u8(value);
      else abbreviations.uleb(value);
    }
  }
  const entries = new ByteWriter();
  entries.uleb(1);
  for (const value of [0x100, 8, 12]) entries.u32(value);
  entries.uleb(0);
  entries.uleb(2);
  entries.uleb(1);
  entries.u32(0);
  entries.u8(0);
  const unit = new ByteWriter();
  unit.u16(5);
  unit.u8(1);
  unit.u8(4);
  unit.u32(0);
  unit.bytes(entries.finish());
  const whole = new ByteWriter();
  whole.u32(unit.length);
  whole.bytes(unit.finish());
  const sections: Record<string, Uint8Array> = {
    ".debug_info": whole.finish(),
    ".debug_abbrev": abbreviations.finish(),
    ".debug_rnglists": Uint8Array.from([...header(1), 4, 0, 0, 0, ...rangeList]),
    ".debug_loclists": Uint8Array.from(locationList),
    ".debug_addr": Uint8Array.from([0, 0, 0, 0, 5, 0, 4, 0, 0x00, 2, 0, 0, 0x00, 3, 0, 0]),
    ".debug_str_offsets": Uint8Array.from([0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0]),
    ".debug_str": new TextEncoder().encode("a\0b\0"),
  };
  return new DebugInfo(dwarfSections((name) => sections[name]));
}

const end = 0;

test("range lists: every kind of entry", () => {
  const list = [
    [4, 0x10, 0x20],
    [1, 0],
    [4, 1, 5],
    [2, 0, 1],
    [3, 1, 0x10],
    [5, 0, 4, 0, 0],
    [4, 0, 8],
    [6, 0, 5, 0, 0, 8, 5, 0, 0],
    [7, 0, 6, 0, 0, 3],
    [6, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [end],
  ].flat();
  const debug = info(list, [end]);
  const [unit] = debug.units;
  expect(debug.notes).toEqual([]);
  expect(rangesAt(unit!, unit!.start).map(({ low, high }) => [low, high])).toEqual([
    [0x110, 0x120],
    [0x201, 0x205],
    [0x200, 0x300],
    [0x300, 0x310],
    [0x400, 0x408],
    [0x500, 0x508],
    [0x600, 0x603],
  ]);
});

test("location lists: every kind of entry, and the default where no other holds", () => {
  const list = [
    [4, 0x10, 0x20, 1, 0x31],
    [5, 1, 0x3f],
    [1, 0],
    [4, 0, 4, 1, 0x32],
    [2, 0, 1, 1, 0x33],
    [3, 1, 0x10, 1, 0x34],
    [6, 0, 4, 0, 0],
    [9, 0, 0],
    [4, 0, 8, 1, 0x35],
    [7, 0, 5, 0, 0, 8, 5, 0, 0, 1, 0x36],
    [8, 0, 6, 0, 0, 3, 0],
    [end],
  ].flat();
  const debug = info([end], list);
  const variable = debug.firstEntry(debug.units[0]!)!.children()[0]!;
  expect(variable.name).toBe("b");
  const at = (address: number) => {
    const choice = locationAt(variable, attribute.location, address);
    return choice.kind === "expression" ? choice.bytes[0] : choice.kind;
  };
  expect([0x115, 0x201, 0x280, 0x30f, 0x407, 0x500].map(at)).toEqual([0x31, 0x32, 0x33, 0x34, 0x35, 0x36]);
  expect(at(0x601)).toBe("not-here");
  expect(at(0x999)).toBe(0x3f);
});

test("lists that hold an unknown entry say that they are damaged", () => {
  const debug = info([42], [42]);
  const unit = debug.units[0]!;
  expect(rangesAt(unit, unit.start)).toEqual([]);
  expect(locationAt(debug.firstEntry(unit)!.children()[0]!, attribute.location, 1)).toEqual({ kind: "damaged" });
});
