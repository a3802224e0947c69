/** Functions that the compiler has put in place of calls, as blocks of code, by the tables that the runtime makes its traces of. */
import type { EmittedBlock } from "#core/dwarf/emit/description.ts";
import type { AddressRange } from "#core/dwarf/ranges.ts";
import type { CodeRows } from "../binary/code-rows.ts";
import type { FunctionTable } from "../binary/function-table.ts";
import { inlinedFrames, type InlinedFrame } from "../binary/inline-tree.ts";
import { findModuleData } from "../binary/module-data.ts";
import type { DefinedIndex } from "../binary/program-counter.ts";
import { fieldOffset, type GoTypeTable } from "../layouts/go-type-table.ts";
import { wordAt } from "../runtime/memory-task.ts";

/** The initial memory, and the word `gofunc` of the module data, from which inline trees count. */
export interface InlineTrees {
  readonly memory: Uint8Array;
  readonly functionData: number;
}

/** `undefined` where the layouts of this version of Go do not say where to look. */
export function readInlineTrees(memory: Uint8Array, table: FunctionTable, types: GoTypeTable): InlineTrees | undefined {
  const field = fieldOffset(types, types.runtimeStruct("runtime.moduledata"), "gofunc");
  const address = field === undefined ? undefined : findModuleData(memory, table);
  const functionData = address === undefined ? undefined : wordAt(memory, address + field!);
  return functionData === undefined ? undefined : { memory, functionData };
}

interface Call {
  readonly key: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

interface Range {
  readonly low: number;
  high: number;
}

/** A block that is still being filled. */
interface OpenBlock {
  readonly block: Omit<EmittedBlock, "ranges" | "blocks"> & { readonly ranges: Range[]; readonly blocks: EmittedBlock[] };
  readonly inner: Map<string, OpenBlock>;
}

/** Blocks of the calls, those within a call inside of its block. `end`: module offset behind the function. */
export function inlinedBlocks(
  trees: InlineTrees,
  table: FunctionTable,
  index: DefinedIndex,
  { offsets, blocks }: CodeRows,
  { codeStart, end }: { readonly codeStart: number; readonly end: number },
  fileNumber: (path: string) => number,
): readonly EmittedBlock[] {
  if (table.entry(index)?.inlineTree === undefined) return [];
  const callsOf = new Map<number, readonly Call[]>();
  const outermost: EmittedBlock[] = [];
  const known = new Map<string, OpenBlock>();
  for (let row = 0; row < offsets.length;) {
    const block = blocks[row]!;
    let next = row + 1;
    while (next < offsets.length && blocks[next] === block) next++;
    let calls = callsOf.get(block);
    if (!calls) callsOf.set(block, (calls = outermostFirst(inlinedFrames(table, trees.memory, trees.functionData, index, block))));
    addRange({ blocks: outermost, inner: known }, calls, fileNumber, {
      low: offsets[row]! - codeStart,
      high: (offsets[next] ?? end) - codeStart,
    });
    row = next;
  }
  return outermost;
}

/** The frames innermost first; each that was inlined was called where the next one is. */
function outermostFirst(frames: readonly InlinedFrame[]): readonly Call[] {
  const calls: Call[] = [];
  let key = "";
  for (let at = frames.length - 2; at >= 0; at--) {
    const caller = frames[at + 1]!;
    const { name } = frames[at]!;
    const call = { name, file: caller.file ?? "", line: caller.line ?? 0 };
    key = `${key}/${call.name}@${call.file}:${call.line}`;
    calls.push({ key, ...call });
  }
  return calls;
}

function addRange(
  outermost: { readonly blocks: EmittedBlock[]; readonly inner: Map<string, OpenBlock> },
  calls: readonly Call[],
  fileNumber: (path: string) => number,
  { low, high }: AddressRange,
): void {
  let { blocks, inner } = outermost;
  for (const { key, name, file, line } of calls) {
    let open = inner.get(key);
    if (!open) {
      const inlined = { name, declared: undefined, call: { file: fileNumber(file), line } };
      open = { block: { ranges: [], variables: [], blocks: [], inlined }, inner: new Map() };
      inner.set(key, open);
      blocks.push(open.block);
    }
    const { ranges } = open.block;
    const last = ranges.at(-1);
    if (last?.high === low) last.high = high;
    else ranges.push({ low, high });
    ({ inner } = open);
    ({ blocks } = open.block);
  }
}
