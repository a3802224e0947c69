/** Which functions the compiler has inlined into another, from the tables that the runtime makes its traces of. */
import type { FunctionTable } from "./function-table.ts";
import type { DefinedIndex } from "./program-counter.ts";

/** A function of the source at some place of the code. */
export interface InlinedFrame {
  readonly name: string;
  readonly file: string | undefined;
  /** 1-based, where known. */
  readonly line: number | undefined;
  /** It was inlined into the next one of the list. */
  readonly inlined: boolean;
}

/** A tree's entry: function id, three bytes, then offset of the name, block of the call, and first line (runtime/symtabinl.go `inlinedCall`). */
const entrySize = 16;
const nameAt = 4;
const parentAt = 8;
/** The compiler inlines far less deeply; more is damage. */
const deepest = 100;

/**
 * The functions at `block`, innermost first; the last one is the function of the table. `memory` is the initial one, and
 * `functionData` the word `gofunc` of the module data.
 */
export function inlinedFrames(
  table: FunctionTable,
  memory: Uint8Array,
  functionData: number,
  index: DefinedIndex,
  block: number,
): readonly InlinedFrame[] {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const tree = table.entry(index)?.inlineTree;
  const frames: InlinedFrame[] = [];
  for (let at = block; frames.length < deepest;) {
    const place = { file: table.file(index, at), line: table.line(index, at) };
    const inlined = tree === undefined ? undefined : table.inlineIndex(index, at);
    const entry = inlined === undefined ? -1 : functionData + (tree ?? 0) + entrySize * inlined;
    if (entry < 0 || entry + entrySize > memory.length) {
      frames.push({ name: table.name(index), ...place, inlined: false });
      return frames;
    }
    frames.push({ name: table.nameAtOffset(view.getUint32(entry + nameAt, true)), ...place, inlined: true });
    at = view.getUint32(entry + parentAt, true);
  }
  return frames;
}
