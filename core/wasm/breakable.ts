import type { Instruction } from "./instructions.ts";

/**
 * Instructions that only open or divide a block. V8 takes no breakpoint on them and moves it to the next instruction
 * (`WasmOpcodes::IsBreakable`; compared with Node 20 over whole modules), so lines and steps leave them out from the start.
 */
const structural = new Set(["block", "loop", "else", "try", "try_table", "catch", "catch_all"]);

/** Whether a debugger can stop at the instruction. */
export function isBreakable(instruction: Instruction): boolean {
  return !structural.has(instruction.name);
}
