/** Instructions that leave where they stand, so that nothing behind them is reached. */
import { instructions } from "#core/wasm/instructions.ts";
import { firstInstruction, instructionTag } from "./token.ts";

const leavingTags = [
  "unreachable",
  "br",
  "br_table",
  "return",
  "return_call",
  "return_call_indirect",
  "return_call_ref",
  "throw",
  "throw_ref",
  "rethrow",
].map(instructionTag);

/** 1 for each tag of such an instruction. */
const leaving = new Uint8Array(firstInstruction + instructions.length);
for (const tag of leavingTags) leaving[tag] = 1;

/** Whether the instruction with a tag leaves. */
export function isLeaving(tag: number): boolean {
  return leaving[tag] === 1;
}
