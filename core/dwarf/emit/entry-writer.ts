import { ByteWriter } from "#core/bytes/writer.ts";
import type { AbbreviationTable } from "./abbreviations.ts";
import type { Attribute, EntryKey } from "./attributes.ts";
import type { StringTable } from "./string-table.ts";

/** Bytes of a unit's header in the 32-bit format (section 7.5.1.1); references within the unit count from its first byte. */
const headerLength = 12;
const compileUnit = 1;
export const dwarfVersion = 5;
export const addressSize = 4;

/** Writes the tree of entries of one unit. */
export class EntryWriter {
  readonly #writer = new ByteWriter(4096);
  readonly #abbreviations: AbbreviationTable;
  readonly #strings: StringTable;
  readonly #places = new Map<EntryKey, number>();
  /** Where the offset of an entry belongs that was not yet written. */
  readonly #open: { readonly at: number; readonly to: EntryKey }[] = [];

  constructor(abbreviations: AbbreviationTable, strings: StringTable) {
    this.#abbreviations = abbreviations;
    this.#strings = strings;
  }

  /** Writes an entry, which `key` stands for; one with children goes on until {@link end}. Returns where each attribute's value is. */
  begin(tag: number, attributes: readonly Attribute[], { children, key }: { children: boolean; key?: EntryKey }): readonly number[] {
    if (key) this.#places.set(key, this.#writer.length + headerLength);
    this.#writer.uleb(this.#abbreviations.numberOf(tag, children, attributes));
    return attributes.map((attribute) => {
      const at = this.#writer.length;
      this.#value(attribute);
      return at;
    });
  }

  /** Ends the children of an entry. */
  end(): void {
    this.#writer.u8(0);
  }

  /** Overwrites a value of four bytes; `at` is what {@link begin} returned. */
  set(at: number, value: number): void {
    this.#writer.setU32(at, value);
  }

  /** Appends the unit with its header to .debug_info. Throws where an entry that was referred to was never written. */
  finish(info: ByteWriter): void {
    for (const { at, to } of this.#open) {
      const place = this.#places.get(to);
      if (place === undefined) throw new Error("an entry of the debug information refers to one that was not written");
      this.#writer.setU32(at, place);
    }
    info.u32(this.#writer.length + headerLength - 4);
    info.u16(dwarfVersion);
    info.u8(compileUnit);
    info.u8(addressSize);
    info.u32(0);
    info.bytes(this.#writer.finish());
  }

  #value(attribute: Attribute): void {
    switch (attribute.kind) {
      case "data2":
        return this.#writer.u16(attribute.value);
      case "data4":
        return this.#writer.u32(attribute.value);
      case "udata":
        return this.#writer.uleb(attribute.value);
      case "sdata":
        return this.#writer.sleb(attribute.value);
      case "text":
        return this.#writer.u32(this.#strings.offsetOf(attribute.text));
      case "expression":
        this.#writer.uleb(attribute.bytes.length);
        return this.#writer.bytes(attribute.bytes);
      case "reference":
        this.#open.push({ at: this.#writer.length, to: attribute.to });
        return this.#writer.u32(0);
      case "present":
        return;
    }
  }
}
