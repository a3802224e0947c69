/** The functions of the source that make up one Go frame: its own, and those inlined into it. */
import { inlinedFrames, type InlinedFrame } from "../binary/inline-tree.ts";
import type { GoFrame } from "./frame.ts";
import type { DefinedIndex } from "../binary/program-counter.ts";
import type { GoCode, GoPosition } from "./go-code.ts";

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
      : framesAt(code, memory, functionData, { index, block, position: offset === undefined ? undefined : position });
  const [innermost, ...outer] = frames;
  return innermost && position ? [{ ...innermost, ...position }, ...outer] : frames;
}

/** Blocks behind that of an instruction that are searched for its line; the next call on the line begins one of them. */
const nearBlocks = 4;

/**
 * Several lines share a block, of which the table names the function of one; the listing has the line of each instruction, but not its
 * function. So where they differ, the function is that of the next block with this line.
 */
function framesAt(
  { table }: GoCode,
  memory: Uint8Array,
  functionData: number,
  { index, block, position }: { readonly index: DefinedIndex; readonly block: number; readonly position: GoPosition | undefined },
): readonly InlinedFrame[] {
  const frames = inlinedFrames(table, memory, functionData, index, block);
  if (!position || table.entry(index)?.inlineTree === undefined || isAt(frames, position)) return frames;
  for (let next = block + 1; next <= block + nearBlocks; next++) {
    const candidates = inlinedFrames(table, memory, functionData, index, next);
    if (isAt(candidates, position)) return candidates;
  }
  return frames;
}

const isAt = ([innermost]: readonly InlinedFrame[], { file, line }: GoPosition): boolean =>
  innermost?.line === line && innermost.file === file;
