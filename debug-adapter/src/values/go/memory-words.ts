/** Reads of small pieces; a piece that cannot be read has a reason for the user. */
import type { GoMemory } from "./go-program.ts";

/** Why a value cannot be shown, in words for the user. */
export class UnreadableError extends Error {}

export async function readBytes(memory: GoMemory, address: number, length: number): Promise<Uint8Array> {
  const bytes = address >= 0 ? await memory.read(address, length) : new Uint8Array();
  if (bytes.length < length) throw new UnreadableError(`could not read ${length} bytes at 0x${address.toString(16)}`);
  return bytes;
}

/** 64-bit words from `address` on, as numbers: no address or length of a program in 4 GiB is beyond what they hold. */
export async function readWords(memory: GoMemory, address: number, count: number): Promise<number[]> {
  const bytes = await readBytes(memory, address, 8 * count);
  return Array.from({ length: count }, (_, at) => wordAt(bytes, 8 * at));
}

export async function readWord(memory: GoMemory, address: number): Promise<number> {
  return wordAt(await readBytes(memory, address, 8), 0);
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Lengths are signed: damaged ones come out negative. */
export const wordAt = (bytes: Uint8Array, offset: number): number => Number(viewOf(bytes).getBigInt64(offset, true));
