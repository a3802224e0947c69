/** Functions whose lines are known from elsewhere than a listing, such as DWARF: their bytes and these lines, in the shape of a listing. */
import { ByteError } from "#core/bytes/reader.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import type { ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import { codeRange, readCodeRows, rowAt } from "../binary/code-rows.ts";
import type { FunctionTable } from "../binary/function-table.ts";
import { splitProgramCounter, toDefinedIndex, type DefinedIndex } from "../binary/program-counter.ts";
import type { AlignedFunction } from "./align.ts";
import { decodeOperations, type DecodedOperation } from "./decoded-operations.ts";
import { isStructural } from "./function-start.ts";
import type { ListedRow } from "./listed-function.ts";
import type { ListedPosition } from "./listed-position.ts";

/** From `offset` on the code belongs to the position, up to the next one. */
export interface GivenLine {
  readonly offset: ModuleOffset;
  readonly position: ListedPosition;
  /** A breakpoint belongs here. */
  readonly isStatement: boolean;
}

/** Lines of a function, ascending; `undefined` where there are none that say where each line begins. */
export type GivenLines = (body: ModuleRange) => readonly GivenLine[] | undefined;

/** `undefined` for functions without a Go frame, damaged ones, and those without lines. */
export function alignGiven(module: WasmModule, table: FunctionTable, func: ModuleFunction, given: GivenLines): AlignedFunction | undefined {
  const index = toDefinedIndex(func.index, module.importedFunctionCount);
  const code = codeRange(module, func);
  const lines = func.body && given(func.body);
  if (index === undefined || !code || !lines || lines.length === 0) return undefined;
  const rows = readCodeRows(module, func, table.frameSize(index));
  const decoded = rows && operationsOf(module, table, code);
  if (!decoded) return undefined;
  const positions = [...new Map(lines.map(({ position }) => [keyOf(position), position])).values()];
  const numbers = new Map(positions.map((position, number) => [keyOf(position), number]));
  const lineAt = linesByOffset(lines);
  const places = decoded.map(({ offset }) => rowAt(rows, offset));
  const blocks = exactBlocks(
    index,
    decoded,
    places.map((row) => rows.blocks[row] ?? 0),
  );
  const positionOf = Uint32Array.from(decoded, ({ offset }) => numbers.get(keyOf(lineAt(offset).position))!);
  const firstBlock = canonicalBlocks(blocks);
  const operations = decoded.map(({ operation, operands }, row): ListedRow => {
    const isTarget = operation === "I32Const" && decoded[row + 1]?.operands === "PC_B";
    return {
      block: blocks[row]!,
      position: positionOf[row]!,
      operation,
      operands: isTarget ? `$${firstBlock(Number(operands.slice(1)))}` : operands,
    };
  });
  markSpills(decoded, operations, lines);
  return {
    name: table.name(index),
    code,
    frameSize: table.frameSize(index),
    goFrame: true,
    // Only a closure reads the context register first of all, which is asked for besides.
    closure: true,
    offsets: Uint32Array.from(decoded, ({ offset }) => offset),
    blocks,
    stackDeltas: Int32Array.from(places, (row) => rows.stackDeltas[row]!),
    dispatch: rows.dispatch,
    positions,
    positionOf,
    operations,
    addresses: new Map(),
  };
}

const keyOf = ({ file, line }: ListedPosition): string => `${file}:${line}`;

function operationsOf(module: WasmModule, table: FunctionTable, code: ModuleRange): readonly DecodedOperation[] | undefined {
  try {
    return decodeOperations(module, table, code);
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    return undefined;
  }
}

/** The lines are asked for in ascending order. */
function linesByOffset(lines: readonly GivenLine[]): (offset: number) => GivenLine {
  let at = 0;
  return (offset) => {
    while (at + 1 < lines.length && lines[at + 1]!.offset <= offset) at++;
    return lines[at]!;
  };
}

/**
 * Blocks without a resume point leave no trace in the code but the return addresses of calls that do not return, such as those of panics.
 * `blocks`: the lowest of each row.
 */
function exactBlocks(index: DefinedIndex, decoded: readonly DecodedOperation[], blocks: readonly number[]): Uint16Array {
  let block = 0;
  let behindCall = 0;
  let returnsTo = 0;
  return Uint16Array.from(decoded, ({ operation, operands }, row) => {
    // Behind a call that may wait stands the branch that leaves the function meanwhile, which is part of the call.
    const isLeaving = operation === "BrIf" && isCall(decoded[row - 1]?.operation);
    if (!isLeaving) block = Math.max(blocks[row]!, behindCall);
    const counter = operation === "I64Const" ? splitProgramCounter(Number(operands.slice(1))) : undefined;
    if (counter?.index === index) returnsTo = counter.block;
    if (isCall(operation)) behindCall = Math.max(behindCall, returnsTo);
    return block;
  });
}

const isCall = (operation: string | undefined): boolean => operation === "Call" || operation === "CallIndirect";

/** Of blocks that begin at one instruction only the lowest is in the code. */
function canonicalBlocks(blocks: Uint16Array): (block: number) => number {
  const known = [...new Set(blocks)].sort((a, b) => a - b);
  return (block) => known.findLast((candidate) => candidate <= block) ?? block;
}

/**
 * What keeps registers on the stack around a call has the position of what comes next, and looks in the code like any other store. It is known
 * by standing before the statement of its line; a listing names what such a store is for, and so does this.
 */
function markSpills(decoded: readonly DecodedOperation[], operations: ListedRow[], lines: readonly GivenLine[]): void {
  const statements = new Set<number>(lines.filter(({ isStatement }) => isStatement).map(({ offset }) => offset));
  let isLead = true;
  let last = -1;
  for (const [row, { position, operation }] of operations.entries()) {
    if (isStructural(operation)) continue;
    if (position !== last) isLead = true;
    last = position;
    if (statements.has(decoded[row]!.offset)) isLead = false;
    const [value, base] = [operations[row - 1], operations[row - 2]];
    const isStore = isLead && base?.operands === "SP" && value?.operation === "Get" && /Store/.test(operation);
    if (isStore) operations[row] = { ...operations[row]!, operands: "(SP)" };
  }
}
