import type { InstructionGroup } from "./row.ts";

/**
 * Control: blocks, branches, calls, exceptions, tail calls, stack switching.
 * Source: WebAssembly 3.0, appendix "Index of Instructions"; stack switching: proposal repository, Explainer.md, "Binary format"; legacy exceptions: exception-handling proposal, legacy/Exceptions.md.
 */
export const controlInstructions: readonly InstructionGroup[] = [
  {
    feature: "1.0",
    // prettier-ignore
    rows: [
      ["unreachable", 0x00, ""],
      ["nop", 0x01, "->"],
      ["block", 0x02, "", "block-type"],
      ["loop", 0x03, "", "block-type"],
      ["if", 0x04, "", "block-type"],
      ["else", 0x05, ""],
      ["end", 0x0b, ""],
      ["br", 0x0c, "", "label"],
      ["br_if", 0x0d, "", "label"],
      ["br_table", 0x0e, "", "labels"],
      ["return", 0x0f, ""],
      ["call", 0x10, "", "func"],
      ["call_indirect", 0x11, "", "table", "type-use"],
    ],
  },
  {
    feature: "exceptions",
    // prettier-ignore
    rows: [
      ["throw", 0x08, "", "tag"],
      ["throw_ref", 0x0a, ""],
      ["try_table", 0x1f, "", "block-type", "catches"],
    ],
  },
  {
    feature: "tail-calls",
    // prettier-ignore
    rows: [
      ["return_call", 0x12, "", "func"],
      ["return_call_indirect", 0x13, "", "table", "type-use"],
    ],
  },
  {
    feature: "function-references",
    // prettier-ignore
    rows: [
      ["call_ref", 0x14, "", "type"],
      ["return_call_ref", 0x15, "", "type"],
      ["br_on_null", 0xd5, "", "label"],
      ["br_on_non_null", 0xd6, "", "label"],
    ],
  },
  {
    feature: "stack-switching",
    // prettier-ignore
    rows: [
      ["cont.new", 0xe0, "", "type"],
      ["cont.bind", 0xe1, "", "type", "type"],
      ["suspend", 0xe2, "", "tag"],
      ["resume", 0xe3, "", "type", "handlers"],
      ["resume_throw", 0xe4, "", "type", "tag", "handlers"],
      ["resume_throw_ref", 0xe5, "", "type", "handlers"],
      ["switch", 0xe6, "", "type", "tag"],
    ],
  },
  {
    feature: "legacy-exceptions",
    // prettier-ignore
    rows: [
      ["try", 0x06, "", "block-type"],
      ["catch", 0x07, "", "tag"],
      ["rethrow", 0x09, "", "label"],
      ["delegate", 0x18, "", "label"],
      ["catch_all", 0x19, ""],
    ],
  },
];
