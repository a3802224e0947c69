import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ByteReader } from "#core/bytes/reader.ts";
import { ByteWriter } from "#core/bytes/writer.ts";

function written(write: (writer: ByteWriter) => void): number[] {
  const writer = new ByteWriter(1);
  write(writer);
  return [...writer.finish()];
}

test("LEB128 examples of the DWARF standard, 7.6", () => {
  expect([2, 127, 128, 129, 12857].map((value) => written((writer) => writer.uleb(value)))).toEqual([
    [2],
    [127],
    [0x80, 1],
    [0x81, 1],
    [0xb9, 0x64],
  ]);
  expect([2, -2, 127, -127, 128, -128].map((value) => written((writer) => writer.sleb(value)))).toEqual([
    [2],
    [0x7e],
    [0xff, 0],
    [0x81, 0x7f],
    [0x80, 1],
    [0x80, 0x7f],
  ]);
});

test("numbers and bigints have the same bytes, and read back", () => {
  const integers = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0x7fff_ffff, -0x8000_0000, 0x8000_0000, 0xffff_ffff));
  fc.assert(
    fc.property(integers, (value) => {
      const bytes = written((writer) => writer.sleb(value));
      expect(bytes).toEqual(written((writer) => writer.sleb(BigInt(value))));
      expect(new ByteReader(Uint8Array.from(bytes)).sleb()).toBe(value);
      const unsigned = Math.abs(value);
      const natural = written((writer) => writer.uleb(unsigned));
      expect(natural).toEqual(written((writer) => writer.uleb(BigInt(unsigned))));
      expect(new ByteReader(Uint8Array.from(natural)).uleb()).toBe(unsigned);
    }),
  );
});
