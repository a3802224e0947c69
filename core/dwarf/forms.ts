import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { DwarfSections } from "./sections.ts";

/** What reading a value takes beside its bytes: sizes and bases of the unit that it stands in. Offsets count within their sections. */
export interface UnitEncoding {
  readonly sections: DwarfSections;
  readonly version: number;
  /** Bytes of an address. */
  readonly addressSize: number;
  /** Bytes of a section offset: 4 in the 32-bit format, 8 in the 64-bit one. */
  readonly offsetSize: 4 | 8;
  /** Offset of the unit's header; references of the unit count from it. */
  readonly offset: number;
  readonly stringOffsetsBase: number | undefined;
  readonly addressBase: number | undefined;
}

/** Value of an attribute, by its class (section 7.5.5). Offsets count within the section that the attribute speaks of. */
export type AttributeValue =
  | { readonly kind: "address"; readonly address: number }
  | { readonly kind: "constant"; readonly value: bigint }
  | { readonly kind: "block"; readonly bytes: Uint8Array }
  | { readonly kind: "expression"; readonly bytes: Uint8Array }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "reference"; readonly offset: number; readonly within: "unit" | "info" }
  | { readonly kind: "signature"; readonly value: bigint }
  | { readonly kind: "section-offset"; readonly offset: number }
  | { readonly kind: "list-index"; readonly index: number }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "elsewhere" };

type Layout =
  | 0
  | 1
  | 2
  | 3
  | 4
  | 8
  | 16
  | "address"
  | "offset"
  | "info-reference"
  | "uleb"
  | "sleb"
  | "text"
  | "block1"
  | "block2"
  | "block4"
  | "block"
  | "implicit"
  | "indirect";
type Meaning =
  | "address"
  | "address-index"
  | "constant"
  | "block"
  | "expression"
  | "flag"
  | "true"
  | "unit-reference"
  | "info-reference"
  | "signature"
  | "section-offset"
  | "list-index"
  | "text"
  | "string-offset"
  | "line-string-offset"
  | "string-index"
  | "elsewhere";

export interface FormRule {
  readonly layout: Layout;
  readonly meaning: Meaning;
}

/** DW_FORM codes, section 7.5.6; from 0x1f01 on GNU's forerunners of version 5. */
const rules: ReadonlyMap<number, FormRule> = new Map([
  [0x01, { layout: "address", meaning: "address" }],
  [0x03, { layout: "block2", meaning: "block" }],
  [0x04, { layout: "block4", meaning: "block" }],
  [0x05, { layout: 2, meaning: "constant" }],
  [0x06, { layout: 4, meaning: "constant" }],
  [0x07, { layout: 8, meaning: "constant" }],
  [0x08, { layout: "text", meaning: "text" }],
  [0x09, { layout: "block", meaning: "block" }],
  [0x0a, { layout: "block1", meaning: "block" }],
  [0x0b, { layout: 1, meaning: "constant" }],
  [0x0c, { layout: 1, meaning: "flag" }],
  [0x0d, { layout: "sleb", meaning: "constant" }],
  [0x0e, { layout: "offset", meaning: "string-offset" }],
  [0x0f, { layout: "uleb", meaning: "constant" }],
  [0x10, { layout: "info-reference", meaning: "info-reference" }],
  [0x11, { layout: 1, meaning: "unit-reference" }],
  [0x12, { layout: 2, meaning: "unit-reference" }],
  [0x13, { layout: 4, meaning: "unit-reference" }],
  [0x14, { layout: 8, meaning: "unit-reference" }],
  [0x15, { layout: "uleb", meaning: "unit-reference" }],
  [0x16, { layout: "indirect", meaning: "elsewhere" }],
  [0x17, { layout: "offset", meaning: "section-offset" }],
  [0x18, { layout: "block", meaning: "expression" }],
  [0x19, { layout: 0, meaning: "true" }],
  [0x1a, { layout: "uleb", meaning: "string-index" }],
  [0x1b, { layout: "uleb", meaning: "address-index" }],
  [0x1c, { layout: 4, meaning: "elsewhere" }],
  [0x1d, { layout: "offset", meaning: "elsewhere" }],
  [0x1e, { layout: 16, meaning: "block" }],
  [0x1f, { layout: "offset", meaning: "line-string-offset" }],
  [0x20, { layout: 8, meaning: "signature" }],
  [0x21, { layout: "implicit", meaning: "constant" }],
  [0x22, { layout: "uleb", meaning: "list-index" }],
  [0x23, { layout: "uleb", meaning: "list-index" }],
  [0x24, { layout: 8, meaning: "elsewhere" }],
  [0x25, { layout: 1, meaning: "string-index" }],
  [0x26, { layout: 2, meaning: "string-index" }],
  [0x27, { layout: 3, meaning: "string-index" }],
  [0x28, { layout: 4, meaning: "string-index" }],
  [0x29, { layout: 1, meaning: "address-index" }],
  [0x2a, { layout: 2, meaning: "address-index" }],
  [0x2b, { layout: 3, meaning: "address-index" }],
  [0x2c, { layout: 4, meaning: "address-index" }],
  [0x1f01, { layout: "uleb", meaning: "address-index" }],
  [0x1f02, { layout: "uleb", meaning: "string-index" }],
  [0x1f20, { layout: "offset", meaning: "elsewhere" }],
  [0x1f21, { layout: "offset", meaning: "elsewhere" }],
] as const);

/** Throws {@link ByteError} for a form that no version up to 5 has: where its value ends is then unknown, and with it everything behind. */
export function formRule(form: number, at: number): FormRule {
  const rule = rules.get(form);
  if (!rule) throw new ByteError(`form 0x${form.toString(16)} is unknown`, at);
  return rule;
}

/** The value at `reader`; throws {@link ByteError} where it runs past the end. `implicit` is the abbreviation's value of DW_FORM_implicit_const. */
export function readForm(reader: ByteReader, rule: FormRule, unit: UnitEncoding, implicit: bigint): AttributeValue {
  switch (rule.meaning) {
    case "address":
      return { kind: "address", address: readAddress(reader, unit.addressSize) };
    case "address-index":
      return { kind: "address", address: indexedAddress(unit, readNumber(reader, rule, unit)) };
    case "constant":
      return { kind: "constant", value: readConstant(reader, rule, implicit) };
    case "block":
    case "expression":
      return { kind: rule.meaning, bytes: reader.take(blockLength(reader, rule)) };
    case "flag":
      return { kind: "flag", value: reader.u8() !== 0 };
    case "true":
      return { kind: "flag", value: true };
    case "unit-reference":
      return { kind: "reference", offset: unit.offset + readNumber(reader, rule, unit), within: "unit" };
    case "info-reference":
      return { kind: "reference", offset: readNumber(reader, rule, unit), within: "info" };
    case "signature":
      return { kind: "signature", value: reader.u64() };
    case "section-offset":
      return { kind: "section-offset", offset: readNumber(reader, rule, unit) };
    case "list-index":
      return { kind: "list-index", index: readNumber(reader, rule, unit) };
    case "text":
      return { kind: "string", text: reader.cstring() };
    case "string-offset":
      return { kind: "string", text: stringAt(unit.sections.strings, readNumber(reader, rule, unit)) };
    case "line-string-offset":
      return { kind: "string", text: stringAt(unit.sections.lineStrings, readNumber(reader, rule, unit)) };
    case "string-index":
      return { kind: "string", text: indexedString(unit, readNumber(reader, rule, unit)) };
    case "elsewhere":
      if (rule.layout === "indirect") {
        const at = reader.position;
        const actual = formRule(reader.uleb(), at);
        if (actual.layout === "indirect" || actual.layout === "implicit") throw new ByteError("an indirect form names no form", at);
        return readForm(reader, actual, unit, implicit);
      }
      skipForm(reader, rule, unit);
      return { kind: "elsewhere" };
  }
}

/** Goes behind the value at `reader` without making anything of it. */
export function skipForm(reader: ByteReader, rule: FormRule, unit: UnitEncoding): void {
  const { layout } = rule;
  if (typeof layout === "number") return reader.skip(layout);
  switch (layout) {
    case "address":
      return reader.skip(unit.addressSize);
    case "offset":
      return reader.skip(unit.offsetSize);
    case "info-reference":
      return reader.skip(unit.version <= 2 ? unit.addressSize : unit.offsetSize);
    case "uleb":
    case "sleb":
      while (reader.u8() >= 0x80);
      return;
    case "text":
      return skipText(reader);
    case "block1":
    case "block2":
    case "block4":
    case "block":
      return reader.skip(blockLength(reader, rule));
    case "implicit":
      return;
    case "indirect": {
      const at = reader.position;
      const actual = formRule(reader.uleb(), at);
      if (actual.layout === "indirect" || actual.layout === "implicit") throw new ByteError("an indirect form names no form", at);
      return skipForm(reader, actual, unit);
    }
  }
}

/** The string at an offset of a string section; throws {@link ByteError} outside of it. */
function stringAt(section: Uint8Array, offset: number): string {
  if (offset >= section.length) throw new ByteError("a string lies outside of its section", offset);
  return new ByteReader(section, offset).cstring();
}

/** A target address of `size` bytes. Addresses beyond 2^53, which no module has, come back as the largest safe integer. */
export function readAddress(reader: ByteReader, size: number): number {
  if (size === 4) return reader.u32();
  if (size !== 8) throw new ByteError(`addresses of ${size} bytes are unknown`, reader.position);
  const value = reader.u64();
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

/**
 * Whether a linker wrote this address in place of one it dropped: -1 and -2 (wasm-ld), or 0 (older ones; no instruction is there,
 * because the code section's contents and the module begin with other bytes).
 */
export function isTombstone(address: number, addressSize: number): boolean {
  return address === 0 || address >= (addressSize === 4 ? 0xfffffffe : Number.MAX_SAFE_INTEGER);
}

/** Entry of .debug_addr; throws {@link ByteError} where there is none. */
export function indexedAddress(unit: UnitEncoding, index: number): number {
  // A unit without DW_AT_addr_base has the first table; its header takes 8 bytes in the 32-bit format.
  const base = unit.addressBase ?? (unit.version >= 5 ? unit.offsetSize * 2 : 0);
  return readAddress(within(unit.sections.addresses, base + index * unit.addressSize), unit.addressSize);
}

function indexedString(unit: UnitEncoding, index: number): string {
  const base = unit.stringOffsetsBase ?? (unit.version >= 5 ? unit.offsetSize * 2 : 0);
  const reader = within(unit.sections.stringOffsets, base + index * unit.offsetSize);
  return stringAt(unit.sections.strings, readOffset(reader, unit.offsetSize));
}

/** A reader at `offset`; throws {@link ByteError} outside of the section. */
export function within(section: Uint8Array, offset: number): ByteReader {
  if (!(offset >= 0 && offset < section.length)) throw new ByteError("an offset lies outside of its section", offset);
  return new ByteReader(section, offset);
}

export function readOffset(reader: ByteReader, size: 4 | 8): number {
  return size === 4 ? reader.u32() : safe(reader.u64(), reader.position);
}

function readNumber(reader: ByteReader, rule: FormRule, unit: UnitEncoding): number {
  switch (rule.layout) {
    case 1:
      return reader.u8();
    case 2:
      return reader.u16();
    case 3:
      return reader.u16() + reader.u8() * 0x10000;
    case 4:
      return reader.u32();
    case 8:
      return safe(reader.u64(), reader.position);
    case "uleb":
      return reader.uleb();
    case "offset":
      return readOffset(reader, unit.offsetSize);
    case "info-reference":
      return unit.version <= 2 ? readAddress(reader, unit.addressSize) : readOffset(reader, unit.offsetSize);
    default:
      throw new ByteError("a form holds no number", reader.position);
  }
}

function safe(value: bigint, at: number): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ByteError("an offset is too large", at);
  return Number(value);
}

function readConstant(reader: ByteReader, rule: FormRule, implicit: bigint): bigint {
  switch (rule.layout) {
    case 1:
      return BigInt(reader.u8());
    case 2:
      return BigInt(reader.u16());
    case 4:
      return BigInt(reader.u32());
    case 8:
      return reader.u64();
    case "uleb":
      return reader.uleb64();
    case "sleb":
      return reader.sleb64();
    case "implicit":
      return implicit;
    default:
      throw new ByteError("a form holds no constant", reader.position);
  }
}

function blockLength(reader: ByteReader, rule: FormRule): number {
  switch (rule.layout) {
    case "block1":
      return reader.u8();
    case "block2":
      return reader.u16();
    case "block4":
      return reader.u32();
    case 16:
      return 16;
    default:
      return reader.uleb();
  }
}

function skipText(reader: ByteReader): void {
  const zero = reader.bytes.indexOf(0, reader.position);
  if (zero < 0 || zero >= reader.end) throw new ByteError("string has no end", reader.position);
  reader.position = zero + 1;
}
