import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { ByteWriter } from "#core/bytes/writer.ts";

const written = (write: (writer: ByteWriter) => void): Uint8Array => {
  const writer = new ByteWriter(1);
  write(writer);
  return writer.finish();
};

/** Where a reader stands after a read, or what it says. */
function after(read: (reader: ByteReader) => unknown, from: Uint8Array): number | string {
  const reader = new ByteReader(from);
  try {
    read(reader);
    return reader.position;
  } catch (error) {
    return (error as ByteError).message;
  }
}

describe("LEB128", () => {
  // Examples of the DWARF standard, section 7.6.
  test.each([
    [2n, [0x02]],
    [127n, [0x7f]],
    [128n, [0x80, 0x01]],
    [12857n, [0xb9, 0x64]],
  ])("unsigned %d as the DWARF standard encodes it", (value, bytes) => {
    expect([...written((w) => w.uleb(value))]).toEqual(bytes);
    expect(new ByteReader(Uint8Array.from(bytes)).uleb64()).toBe(value);
  });

  test.each([
    [2n, [0x02]],
    [-2n, [0x7e]],
    [127n, [0xff, 0x00]],
    [-127n, [0x81, 0x7f]],
    [128n, [0x80, 0x01]],
    [-128n, [0x80, 0x7f]],
  ])("signed %d as the DWARF standard encodes it", (value, bytes) => {
    expect([...written((w) => w.sleb(value))]).toEqual(bytes);
    expect(new ByteReader(Uint8Array.from(bytes)).sleb64()).toBe(value);
  });

  test("what is written is read again", () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (n) => new ByteReader(written((w) => w.uleb(n))).uleb64() === n));
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (n) => new ByteReader(written((w) => w.sleb(n))).sleb64() === n),
    );
    fc.assert(fc.property(fc.maxSafeNat(), (n) => new ByteReader(written((w) => w.uleb(n))).uleb() === n));
    fc.assert(fc.property(fc.maxSafeInteger(), (n) => new ByteReader(written((w) => w.sleb(BigInt(n)))).sleb() === n));
  });

  test("skipping moves as reading does, padded numbers included", () => {
    const bytes = fc.array(fc.nat(255), { maxLength: 12 }).map((list) => Uint8Array.from(list));
    fc.assert(
      fc.property(bytes, (from) => {
        const skipped = after((reader) => reader.skipLeb(), from);
        expect(after((reader) => reader.uleb64(), from)).toBe(skipped);
        expect(after((reader) => reader.sleb64(), from)).toBe(skipped);
      }),
    );
  });

  test("an endless number is refused where it starts", () => {
    const reader = new ByteReader(new Uint8Array(40).fill(0x80), 3);
    expect(() => reader.uleb()).toThrow(new ByteError("LEB128 number is too long", 3));
    expect(() => new ByteReader(new Uint8Array(40).fill(0xff)).uleb()).toThrow(ByteError);
  });
});

test("fixed-size numbers are little-endian", () => {
  const bytes = written((w) => {
    w.u8(1);
    w.u16(0x0302);
    w.u32(0x07060504);
    w.u64(0x0f0e0d0c0b0a0908n);
  });
  expect([...bytes]).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  const reader = new ByteReader(bytes);
  expect([reader.u8(), reader.u16(), reader.u32(), reader.u64(), reader.atEnd]).toEqual([1, 0x0302, 0x07060504, 0x0f0e0d0c0b0a0908n, true]);
});

test("a read past the end names its offset and moves nothing", () => {
  const reader = new ByteReader(Uint8Array.of(1, 2, 3, 4), 1, 3);
  expect(() => reader.u32()).toThrow(new ByteError("unexpected end of data", 1));
  expect(reader.u16()).toBe(0x0302);
  expect(() => new ByteReader(Uint8Array.of(65, 66), 0, 2).cstring()).toThrow(new ByteError("string has no end", 0));
});

test("strings", () => {
  const reader = new ByteReader(
    written((w) => {
      w.name("né");
      w.bytes(Uint8Array.of(0x61, 0x62, 0));
    }),
  );
  expect([reader.name(), reader.cstring(), reader.atEnd]).toEqual(["né", "ab", true]);
});
