/** Linear memory as a module's data segments make it, before the first instruction. */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import type { ModuleRange } from "#core/wasm/offsets.ts";

/** A module may ask for 4 GiB with a segment of one byte; a Go program of 100 MB has segments for some 60 MB. */
const largestImage = 256 * 1024 * 1024;

/**
 * Memory 0 from address 0 to the end of its last active segment. Go's linker leaves out runs of eight and more zero bytes
 * (cmd/link/internal/wasm/asm.go `writeDataSec`), so the segments are no contiguous copy of its data.
 */
export function readInitialMemory(module: WasmModule): { readonly memory: Uint8Array; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const pieces: { readonly address: number; readonly contents: ModuleRange }[] = [];
  // One for all: there are tens of thousands of segments.
  const reader = new ByteReader(module.bytes);
  let end = 0;
  for (const { mode, memory, offset, contents } of module.data) {
    if (mode !== "active" || memory !== 0 || !offset) continue;
    const address = constantAddress(reader, offset);
    if (address === undefined) {
      problems.push("a data segment has no constant address; its contents are not shown");
      continue;
    }
    const pieceEnd = address + contents.end - contents.start;
    if (pieceEnd > largestImage) {
      problems.push(
        `a data segment ends at address ${pieceEnd}, beyond the ${largestImage} bytes that are read; its contents are not shown`,
      );
      continue;
    }
    pieces.push({ address, contents });
    end = Math.max(end, pieceEnd);
  }
  const memory = new Uint8Array(end);
  for (const { address, contents } of pieces) copy(module.bytes, contents, memory, address);
  return { memory, problems };
}

/** Most segments have a few bytes, for which a view costs more than the copy. */
function copy(bytes: Uint8Array, { start, end }: ModuleRange, memory: Uint8Array, address: number): void {
  if (end - start > 64) memory.set(bytes.subarray(start, end), address);
  else for (let from: number = start, to = address; from < end; from++, to++) memory[to] = bytes[from]!;
}

/** Of `i32.const n; end`; a 32-bit address is unsigned. */
function constantAddress(reader: ByteReader, { start, end }: ModuleRange): number | undefined {
  reader.position = start;
  try {
    if (reader.u8() !== 0x41) return undefined;
    const address = reader.sleb() >>> 0;
    return reader.u8() === 0x0b && reader.position === end ? address : undefined;
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    return undefined;
  }
}
