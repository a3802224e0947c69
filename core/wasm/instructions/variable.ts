import type { InstructionGroup } from "./row.ts";

/**
 * Parametric instructions, locals and globals.
 * Source: WebAssembly 3.0, appendix "Index of Instructions".
 */
export const variableInstructions: readonly InstructionGroup[] = [
  {
    feature: "1.0",
    // prettier-ignore
    rows: [
      ["drop", 0x1a, ""],
      ["select", 0x1b, "", "result-types"],
      ["local.get", 0x20, "", "local"],
      ["local.set", 0x21, "", "local"],
      ["local.tee", 0x22, "", "local"],
      ["global.get", 0x23, "", "global"],
      ["global.set", 0x24, "", "global"],
    ],
  },
  {
    feature: "reference-types",
    // prettier-ignore
    rows: [
      ["select", 0x1c, "", "result-types"],
    ],
  },
];
