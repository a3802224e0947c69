/** Go's tables from program counters to numbers: lines, files, stack pointer deltas. */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";

/** Values in the order of their blocks; `values[i]` holds below `limits[i]`, from `limits[i - 1]` on. */
export interface PcValues {
  readonly limits: readonly number[];
  readonly values: readonly number[];
}

/** Blocks have 16 bits; a table that counts beyond is damaged. */
const blockLimit = 0x10000;

/**
 * Decodes the table at `address`: pairs of a signed change of the value and an unsigned change of the block, which start at -1 and 0
 * and end with a change of 0 (runtime/symtab.go `step`). A damaged table ends where the damage is.
 */
export function readPcValues(memory: Uint8Array, address: number): PcValues {
  const limits: number[] = [];
  const values: number[] = [];
  const reader = new ByteReader(memory, address);
  let value = -1;
  let limit = 0;
  try {
    while (limit < blockLimit && limits.length < blockLimit) {
      const change = reader.uleb();
      if (change === 0 && limits.length > 0) break;
      value += change % 2 === 1 ? -(change + 1) / 2 : change / 2;
      limit += reader.uleb();
      limits.push(limit);
      values.push(value);
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return { limits, values };
}

/** `undefined` behind the end of the table. */
export function valueAt({ limits, values }: PcValues, block: number): number | undefined {
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (limits[middle]! <= block) low = middle + 1;
    else high = middle;
  }
  return values[low];
}
