import { ByteReader } from "#core/bytes/reader.ts";
import { formRule, type FormRule, type UnitEncoding } from "./forms.ts";

/** One entry shape of .debug_abbrev (section 7.5.3). */
export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly AbbreviationAttribute[];
  /** Bytes of all values together, where every form has a fixed size: most entries are then skipped in one step. */
  readonly fixed: { readonly bytes: number; readonly addresses: number; readonly offsets: number } | undefined;
}

export interface AbbreviationAttribute {
  readonly name: number;
  readonly rule: FormRule;
  readonly implicit: bigint;
}

/** Reads the table at `offset` of .debug_abbrev: code to shape. Throws ByteError where the table is damaged. */
export function readAbbreviations(section: Uint8Array, offset: number): ReadonlyMap<number, Abbreviation> {
  const reader = new ByteReader(section, offset);
  const table = new Map<number, Abbreviation>();
  for (;;) {
    const code = reader.uleb();
    if (code === 0) return table;
    const tag = reader.uleb();
    const hasChildren = reader.u8() !== 0;
    table.set(code, abbreviation(tag, hasChildren, readAttributes(reader)));
  }
}

function readAttributes(reader: ByteReader): AbbreviationAttribute[] {
  const attributes: AbbreviationAttribute[] = [];
  for (;;) {
    const at = reader.position;
    const name = reader.uleb();
    const form = reader.uleb();
    if (name === 0 && form === 0) return attributes;
    const rule = formRule(form, at);
    attributes.push({ name, rule, implicit: rule.layout === "implicit" ? reader.sleb64() : 0n });
  }
}

function abbreviation(tag: number, hasChildren: boolean, attributes: readonly AbbreviationAttribute[]): Abbreviation {
  let bytes = 0;
  let addresses = 0;
  let offsets = 0;
  let isFixed = true;
  for (const { rule } of attributes) {
    if (typeof rule.layout === "number") bytes += rule.layout;
    else if (rule.layout === "address") addresses++;
    else if (rule.layout === "offset") offsets++;
    else if (rule.layout !== "implicit") isFixed = false;
  }
  return { tag, hasChildren, attributes, fixed: isFixed ? { bytes, addresses, offsets } : undefined };
}

/** Bytes of the values of an entry of this shape, where they do not depend on the entry. */
export function fixedSize(shape: Abbreviation, unit: UnitEncoding): number | undefined {
  if (!shape.fixed) return undefined;
  return shape.fixed.bytes + shape.fixed.addresses * unit.addressSize + shape.fixed.offsets * unit.offsetSize;
}
