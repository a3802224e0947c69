import type { InstructionGroup } from "./row.ts";

/**
 * Tables and element segments.
 * Source: WebAssembly 3.0, appendix "Index of Instructions".
 */
export const tableInstructions: readonly InstructionGroup[] = [
  {
    feature: "reference-types",
    // prettier-ignore
    rows: [
      ["table.get", 0x25, "", "table"],
      ["table.set", 0x26, "", "table"],
    ],
  },
  {
    feature: "bulk-memory",
    prefix: 0xfc,
    // prettier-ignore
    rows: [
      ["table.init", 0x0c, "address i32 i32 ->", "table", "elem"],
      ["elem.drop", 0x0d, "->", "elem"],
      ["table.copy", 0x0e, "address address address ->", "table", "table"],
    ],
  },
  {
    feature: "reference-types",
    prefix: 0xfc,
    // prettier-ignore
    rows: [
      ["table.grow", 0x0f, "", "table"],
      ["table.size", 0x10, "-> address", "table"],
      ["table.fill", 0x11, "", "table"],
    ],
  },
];
