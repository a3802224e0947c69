import type { InstructionGroup } from "./row.ts";

/**
 * References, structs, arrays and i31.
 * Source: WebAssembly 3.0, appendix "Index of Instructions".
 */
export const referenceInstructions: readonly InstructionGroup[] = [
  {
    feature: "reference-types",
    // prettier-ignore
    rows: [
      ["ref.null", 0xd0, "", "heap-type"],
      ["ref.is_null", 0xd1, ""],
      ["ref.func", 0xd2, "", "func"],
    ],
  },
  {
    feature: "function-references",
    // prettier-ignore
    rows: [
      ["ref.as_non_null", 0xd4, ""],
    ],
  },
  {
    feature: "gc",
    // prettier-ignore
    rows: [
      ["ref.eq", 0xd3, "eqref eqref -> i32"],
    ],
  },
  {
    feature: "gc",
    prefix: 0xfb,
    // prettier-ignore
    rows: [
      ["struct.new", 0x00, "", "type"],
      ["struct.new_default", 0x01, "", "type"],
      ["struct.get", 0x02, "", "type", "field"],
      ["struct.get_s", 0x03, "", "type", "field"],
      ["struct.get_u", 0x04, "", "type", "field"],
      ["struct.set", 0x05, "", "type", "field"],
      ["array.new", 0x06, "", "type"],
      ["array.new_default", 0x07, "", "type"],
      ["array.new_fixed", 0x08, "", "type", "count"],
      ["array.new_data", 0x09, "", "type", "data"],
      ["array.new_elem", 0x0a, "", "type", "elem"],
      ["array.get", 0x0b, "", "type"],
      ["array.get_s", 0x0c, "", "type"],
      ["array.get_u", 0x0d, "", "type"],
      ["array.set", 0x0e, "", "type"],
      ["array.len", 0x0f, "arrayref -> i32"],
      ["array.fill", 0x10, "", "type"],
      ["array.copy", 0x11, "", "type", "type"],
      ["array.init_data", 0x12, "", "type", "data"],
      ["array.init_elem", 0x13, "", "type", "elem"],
      ["ref.test", 0x14, "", "ref-type"],
      ["ref.test", 0x15, "", "ref-type"],
      ["ref.cast", 0x16, "", "ref-type"],
      ["ref.cast", 0x17, "", "ref-type"],
      ["br_on_cast", 0x18, "", "label", "ref-type", "ref-type"],
      ["br_on_cast_fail", 0x19, "", "label", "ref-type", "ref-type"],
      ["any.convert_extern", 0x1a, "externref -> anyref"],
      ["extern.convert_any", 0x1b, "anyref -> externref"],
      ["ref.i31", 0x1c, ""],
      ["i31.get_s", 0x1d, "i31ref -> i32"],
      ["i31.get_u", 0x1e, "i31ref -> i32"],
    ],
  },
];
