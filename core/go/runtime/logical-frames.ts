/** The functions of the source that make up one Go frame: its own, and those inlined into it. */
import { inlinedFrames, type InlinedFrame } from "../binary/inline-tree.ts";
import type { GoFrame } from "./frame.ts";
import type { GoCode } from "./go-code.ts";

/**
 * Innermost first. `memory` is the initial one and `functionData` the word `gofunc` of the module data; without them nothing is expanded.
 * A caller is where it calls, not where it goes on. Where there is a listing, its line wins over the table's.
 */
export function logicalFrames(code: GoCode, memory: Uint8Array, functionData: number | undefined, frame: GoFrame): readonly InlinedFrame[] {
  const { index, offset } = frame;
  const block = offset === undefined ? Math.max(frame.block - 1, 0) : frame.block;
  const position = offset === undefined ? code.callPosition(index, frame.block) : code.positionAt(index, offset, frame.block);
  const frames =
    functionData === undefined
      ? [{ name: code.table.name(index), file: undefined, line: undefined, inlined: false }]
      : inlinedFrames(code.table, memory, functionData, index, block);
  const [innermost, ...outer] = frames;
  return innermost && position ? [{ ...innermost, ...position }, ...outer] : frames;
}
