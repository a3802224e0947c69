/** Range lists and location lists (sections 7.25 to 7.29): one table a unit, whose lists are found by their offsets. */
import { ByteWriter } from "#core/bytes/writer.ts";
import type { AddressRange } from "../ranges.ts";
import type { LocationPiece } from "./description.ts";
import { addressSize, dwarfVersion } from "./entry-writer.ts";

/** Behind the length: version, size of addresses and of segment selectors, number of offsets (there are none). */
const headerLength = 12;
/** DW_RLE and DW_LLE codes have these in common, with different numbers. */
interface EntryCodes {
  readonly end: number;
  readonly offsetPair: number;
  readonly base: number;
}
const rangeCodes: EntryCodes = { end: 0, offsetPair: 4, base: 5 };
const locationCodes: EntryCodes = { end: 0, offsetPair: 4, base: 6 };

class ListTable {
  readonly #writer = new ByteWriter();
  readonly #codes: EntryCodes;
  /** Of the table in its section. */
  readonly #start: number;

  constructor(codes: EntryCodes, start: number) {
    this.#codes = codes;
    this.#start = start;
  }

  /** Offset in the section of a list of these entries, which may be in any order. */
  protected list<Piece extends AddressRange>(pieces: readonly Piece[], writePayload: (writer: ByteWriter, piece: Piece) => void): number {
    const writer = this.#writer;
    const offset = this.#start + headerLength + writer.length;
    const base = pieces.reduce((lowest, { low }) => Math.min(lowest, low), Infinity);
    if (pieces.length > 0) {
      writer.u8(this.#codes.base);
      writer.u32(base);
    }
    for (const piece of pieces) {
      writer.u8(this.#codes.offsetPair);
      writer.uleb(piece.low - base);
      writer.uleb(piece.high - base);
      writePayload(writer, piece);
    }
    writer.u8(this.#codes.end);
    return offset;
  }

  /** Appends the table to its section, if it has lists. */
  finish(section: ByteWriter): void {
    if (this.#writer.length === 0) return;
    section.u32(this.#writer.length + headerLength - 4);
    section.u16(dwarfVersion);
    section.u8(addressSize);
    section.u8(0);
    section.u32(0);
    section.bytes(this.#writer.finish());
  }
}

export class RangeLists extends ListTable {
  constructor(start: number) {
    super(rangeCodes, start);
  }

  add(ranges: readonly AddressRange[]): number {
    return this.list(ranges, () => undefined);
  }
}

export class LocationLists extends ListTable {
  constructor(start: number) {
    super(locationCodes, start);
  }

  add(pieces: readonly LocationPiece[]): number {
    return this.list(pieces, (writer, { expression }) => {
      writer.uleb(expression.length);
      writer.bytes(expression);
    });
  }
}
