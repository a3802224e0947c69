/** Functions that the code of a line calls. */
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import { positionAt } from "#core/go/listing/breakpoint-rows.ts";
import type { ListedPosition } from "#core/go/listing/listed-position.ts";
import type { GoFrame } from "#core/go/runtime/frame.ts";
import type { GoProgram } from "../../symbols/go/go-program.ts";

/** Those that the line names on which a frame is; what an interface or a variable holds is not known before the call. */
export function calledOnLine(program: GoProgram, { index, offset }: GoFrame): readonly DefinedIndex[] {
  const aligned = program.code.lines.aligned(index);
  const here = aligned && offset !== undefined ? positionAt(aligned, offset) : undefined;
  if (!aligned) return [];
  return aligned.operations.flatMap(({ operation, operands, block }, row) =>
    operation === "Call" && block > 0 && sameLine(aligned.positions[aligned.positionOf[row]!], here)
      ? calledFunctions(program, operands)
      : [],
  );
}

/** `operands`: of a `Call` in the compiler's listing. */
export function calledFunctions({ table }: GoProgram, operands: string): readonly DefinedIndex[] {
  const name = /^(.*?)(?:<\d*>)?\(SB\)$/.exec(operands)?.[1];
  return name === undefined ? [] : table.find(name);
}

export const sameLine = (a: ListedPosition | undefined, b: ListedPosition | undefined): boolean =>
  a !== undefined && b !== undefined && a.line === b.line && a.file === b.file;
