/** Bytes of memory, handed over by a buffer that the debuggee shares with its relay: the inspector knows text only. */
import { transferName, transferSize } from "../../debuggee/start-message.ts";
import type { MemoryPiece } from "../engine.ts";

export interface TransferredBytes {
  /** In bytes. */
  readonly memoryLength: number;
  /** The pieces one behind the other, as far as the memory goes. */
  readonly bytes: Uint8Array;
}

/**
 * Reads pieces as far as the memory goes; those below address 0 are empty. `transfer` reads up to {@link transferSize} bytes at once by
 * evaluating the script that it is given.
 */
export async function transferPieces(
  memoryIndex: number,
  pieces: readonly MemoryPiece[],
  transfer: (script: string) => Promise<TransferredBytes>,
): Promise<Uint8Array[]> {
  const read: Uint8Array[][] = pieces.map(() => []);
  for (const batch of batches(pieces)) {
    const { memoryLength, bytes } = await transfer(readingScript(memoryIndex, batch));
    let start = 0;
    for (const { address, length, of } of batch) {
      const end = address < 0 ? start : start + Math.max(Math.min(length, memoryLength - address), 0);
      read[of]!.push(bytes.subarray(start, end));
      start = end;
    }
  }
  return read.map((parts) => (parts.length === 1 ? parts[0]! : new Uint8Array(Buffer.concat(parts))));
}

/** A part of a piece, and the piece's index. */
interface PiecePart extends MemoryPiece {
  readonly of: number;
}

/** Parts of the pieces, in order, together of no more than {@link transferSize} bytes; one batch, be it empty, for no pieces. */
function batches(pieces: readonly MemoryPiece[]): PiecePart[][] {
  let batch: PiecePart[] = [];
  const all = [batch];
  let size = 0;
  for (const [of, { address, length }] of pieces.entries()) {
    let from = 0;
    do {
      if (size === transferSize) {
        all.push((batch = []));
        size = 0;
      }
      const part = Math.min(length - from, transferSize - size);
      batch.push({ address: address < 0 ? address : address + from, length: part, of });
      from += part;
      size += part;
    } while (from < length);
  }
  return all;
}

/** JavaScript that copies parts into the shared buffer, for the scope of a function of the module. Gives the memory's length and theirs. */
function readingScript(memoryIndex: number, parts: readonly PiecePart[]): string {
  const list = JSON.stringify(parts.flatMap(({ address, length }) => [address, length]));
  return `(() => {
    const memory = new Uint8Array(memories[${memoryIndex}].buffer);
    const list = ${list};
    let size = 0;
    for (let at = 0; at < list.length; at += 2) {
      const from = list[at] < 0 ? memory.length : list[at];
      const piece = memory.subarray(from, from + list[at + 1]);
      ${transferName}.set(piece, size);
      size += piece.length;
    }
    return memory.length + " " + size;
  })()`;
}
