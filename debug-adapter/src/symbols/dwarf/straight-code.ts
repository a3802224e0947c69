import { ByteError } from "#core/bytes/reader.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import type { ModuleRange } from "#core/wasm/offsets.ts";

const movesData = /^(local\.|global\.get$|[if](32|64)\.|drop$|select$|memory\.copy$)/;

/** Whether the instructions of `range` do nothing but calculate and move data: no call, no branch, no end of a block. */
export function isStraight(bytes: Uint8Array, range: ModuleRange): boolean {
  const cursor = new InstructionCursor(bytes, range);
  try {
    for (let instruction = cursor.next(); instruction; instruction = cursor.next()) {
      if (!movesData.test(instruction.name)) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof ByteError) return false;
    throw error;
  }
}
