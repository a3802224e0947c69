import type { LineIndex } from "#core/text/line-index.ts";
import { isBreakable } from "#core/wasm/breakable.ts";
import { lookupOpcode } from "#core/wasm/instructions.ts";
import { moduleOffset, type ModuleOffset, type ModuleRange } from "#core/wasm/offsets.ts";
import type { EncodedFunction, EncodedWat } from "#core/wat/encode.ts";

/** An instruction of a function and the text that it came from. */
export interface WatInstruction {
  /** Up to the next instruction of the function. */
  readonly range: ModuleRange;
  readonly func: EncodedFunction;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  readonly endColumn: number;
  /** Whether the engine can stop at it. */
  readonly breakable: boolean;
}

/** The instructions of all functions of an encoded text, by offset and by line. */
export class WatLines {
  /** Sorted by offset. */
  readonly #instructions: readonly WatInstruction[];
  readonly #byLine = new Map<number, WatInstruction[]>();
  /** Place of each function's first instruction. */
  readonly #firstOf = new Map<EncodedFunction, number>();
  /** 1-based lines with a place to stop, ascending. */
  readonly #lines: readonly number[];

  /** `bytes` are those of `encoded`; `lines` is the index of its text. */
  constructor(encoded: Pick<EncodedWat, "rows" | "functions">, bytes: Uint8Array, lines: LineIndex) {
    this.#instructions = instructionsOf(encoded, bytes, lines);
    for (const [at, instruction] of this.#instructions.entries()) {
      if (!this.#firstOf.has(instruction.func)) this.#firstOf.set(instruction.func, at);
      if (!instruction.breakable) continue;
      const sameLine = this.#byLine.get(instruction.line);
      if (sameLine) sameLine.push(instruction);
      else this.#byLine.set(instruction.line, [instruction]);
    }
    this.#lines = [...this.#byLine.keys()].sort((left, right) => left - right);
  }

  /** The instruction that holds `offset`, if it is inside of a function's code. */
  at(offset: ModuleOffset): WatInstruction | undefined {
    let low = 0;
    let high = this.#instructions.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const instruction = this.#instructions[middle]!;
      if (offset < instruction.range.start) high = middle - 1;
      else if (offset >= instruction.range.end) low = middle + 1;
      else return instruction;
    }
    return undefined;
  }

  /** Places to stop on a line, in the order of execution. */
  on(line: number): readonly WatInstruction[] {
    return this.#byLine.get(line) ?? [];
  }

  /** The first line from `line` to `last` with a place to stop. */
  firstFrom(line: number, last: number): number | undefined {
    const found = this.#lines.find((candidate) => candidate >= line);
    return found !== undefined && found <= last ? found : undefined;
  }

  /** Lines from `from` to `to` with a place to stop. */
  between(from: number, to: number): readonly number[] {
    return this.#lines.filter((line) => line >= from && line <= to);
  }

  /** Everything of one function on one line, places to stop or not; ranges that touch are one. */
  rangesOn(func: EncodedFunction, line: number): ModuleRange[] {
    const ranges: { start: ModuleOffset; end: ModuleOffset }[] = [];
    for (let at = this.#firstOf.get(func) ?? this.#instructions.length; at < this.#instructions.length; at++) {
      const instruction = this.#instructions[at]!;
      if (instruction.func !== func) break;
      if (instruction.line !== line) continue;
      const last = ranges.at(-1);
      if (last?.end === instruction.range.start) last.end = instruction.range.end;
      else ranges.push({ ...instruction.range });
    }
    return ranges;
  }
}

function instructionsOf(
  { rows, functions }: Pick<EncodedWat, "rows" | "functions">,
  bytes: Uint8Array,
  lines: LineIndex,
): WatInstruction[] {
  const found: WatInstruction[] = [];
  let row = 0;
  for (const func of functions) {
    while (row < rows.offsets.length && rows.offsets[row]! < func.bodyStart) row++;
    for (; row < rows.offsets.length && rows.offsets[row]! < func.range.end; row++) {
      const start = moduleOffset(rows.offsets[row]!);
      const end = moduleOffset(Math.min(rows.offsets[row + 1] ?? func.range.end, func.range.end));
      const from = lines.positionAt(rows.starts[row]!);
      const to = lines.positionAt(rows.ends[row]!);
      const instruction = lookupOpcode(bytes[start]!);
      found.push({
        range: { start, end },
        func,
        line: from.line + 1,
        column: from.character + 1,
        endColumn: to.line === from.line ? to.character + 1 : Infinity,
        breakable: instruction === undefined || isBreakable(instruction),
      });
    }
  }
  return found;
}
