import { unknownDelta } from "#core/go/binary/code-rows.ts";
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import { entryOffset } from "#core/go/listing/function-start.ts";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import type { GoProgram } from "./go-program.ts";

/** Instructions on which no breakpoint may stand: `block`, `loop`, `else`, `end`. */
const structural = new Set([0x02, 0x03, 0x05, 0x0b]);

/** Where a breakpoint on a function belongs: its frame is made, and it has done nothing yet. `undefined` for functions without a Go frame. */
export function functionEntry({ code, module }: GoProgram, index: DefinedIndex): ModuleOffset | undefined {
  const aligned = code.lines.aligned(index);
  if (aligned) return aligned.goFrame ? entryOffset(aligned) : undefined;
  const rows = code.rows(index);
  const row = rows?.blocks.findIndex(
    (block, at) => block > 0 && rows.stackDeltas[at] !== unknownDelta && !structural.has(module.bytes[rows.offsets[at]!]!),
  );
  return rows && row !== undefined && row >= 0 ? moduleOffset(rows.offsets[row]!) : undefined;
}
