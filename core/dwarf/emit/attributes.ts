/** Attributes with their values, in the forms (section 7.5.6) that this writer uses. */

/** DW_FORM codes. */
const form = {
  address: 0x01,
  data2: 0x05,
  data4: 0x06,
  sdata: 0x0d,
  string: 0x0e,
  udata: 0x0f,
  reference4: 0x13,
  sectionOffset: 0x17,
  expression: 0x18,
  present: 0x19,
} as const;

/** What a reference leads to: whatever object stands for the entry. */
export type EntryKey = object;

export type Attribute = { readonly name: number; readonly form: number } & (
  | { readonly kind: "data2" | "data4" | "udata"; readonly value: number }
  | { readonly kind: "sdata"; readonly value: bigint }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "reference"; readonly to: EntryKey }
  | { readonly kind: "expression"; readonly bytes: Uint8Array }
  | { readonly kind: "present" }
);

export const address = (name: number, value: number): Attribute => ({ name, form: form.address, kind: "data4", value });
export const sectionOffset = (name: number, value: number): Attribute => ({ name, form: form.sectionOffset, kind: "data4", value });
export const data2 = (name: number, value: number): Attribute => ({ name, form: form.data2, kind: "data2", value });
export const data4 = (name: number, value: number): Attribute => ({ name, form: form.data4, kind: "data4", value });
export const unsigned = (name: number, value: number): Attribute => ({ name, form: form.udata, kind: "udata", value });
export const signed = (name: number, value: bigint): Attribute => ({ name, form: form.sdata, kind: "sdata", value });
export const text = (name: number, value: string): Attribute => ({ name, form: form.string, kind: "text", text: value });
/** `to` may be written later. */
export const reference = (name: number, to: EntryKey): Attribute => ({ name, form: form.reference4, kind: "reference", to });
export const expression = (name: number, bytes: Uint8Array): Attribute => ({ name, form: form.expression, kind: "expression", bytes });
export const present = (name: number): Attribute => ({ name, form: form.present, kind: "present" });
