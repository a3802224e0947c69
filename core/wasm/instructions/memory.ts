import type { InstructionGroup } from "./row.ts";

/**
 * Linear memory: loads, stores, bulk operations and data segments.
 * Source: WebAssembly 3.0, appendix "Index of Instructions".
 */
export const memoryInstructions: readonly InstructionGroup[] = [
  {
    feature: "1.0",
    // prettier-ignore
    rows: [
      ["i32.load", 0x28, "address -> i32", "memarg:4"],
      ["i64.load", 0x29, "address -> i64", "memarg:8"],
      ["f32.load", 0x2a, "address -> f32", "memarg:4"],
      ["f64.load", 0x2b, "address -> f64", "memarg:8"],
      ["i32.load8_s", 0x2c, "address -> i32", "memarg:1"],
      ["i32.load8_u", 0x2d, "address -> i32", "memarg:1"],
      ["i32.load16_s", 0x2e, "address -> i32", "memarg:2"],
      ["i32.load16_u", 0x2f, "address -> i32", "memarg:2"],
      ["i64.load8_s", 0x30, "address -> i64", "memarg:1"],
      ["i64.load8_u", 0x31, "address -> i64", "memarg:1"],
      ["i64.load16_s", 0x32, "address -> i64", "memarg:2"],
      ["i64.load16_u", 0x33, "address -> i64", "memarg:2"],
      ["i64.load32_s", 0x34, "address -> i64", "memarg:4"],
      ["i64.load32_u", 0x35, "address -> i64", "memarg:4"],
      ["i32.store", 0x36, "address i32 ->", "memarg:4"],
      ["i64.store", 0x37, "address i64 ->", "memarg:8"],
      ["f32.store", 0x38, "address f32 ->", "memarg:4"],
      ["f64.store", 0x39, "address f64 ->", "memarg:8"],
      ["i32.store8", 0x3a, "address i32 ->", "memarg:1"],
      ["i32.store16", 0x3b, "address i32 ->", "memarg:2"],
      ["i64.store8", 0x3c, "address i64 ->", "memarg:1"],
      ["i64.store16", 0x3d, "address i64 ->", "memarg:2"],
      ["i64.store32", 0x3e, "address i64 ->", "memarg:4"],
      ["memory.size", 0x3f, "-> address", "memory"],
      ["memory.grow", 0x40, "address -> address", "memory"],
    ],
  },
  {
    feature: "bulk-memory",
    prefix: 0xfc,
    // prettier-ignore
    rows: [
      ["memory.init", 0x08, "address i32 i32 ->", "memory", "data"],
      ["data.drop", 0x09, "->", "data"],
      ["memory.copy", 0x0a, "address address address ->", "memory", "memory"],
      ["memory.fill", 0x0b, "address i32 address ->", "memory"],
    ],
  },
];
