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
  let end = 0;
  for (const { mode, memory, offset, contents } of module.data) {
    if (mode !== "active" || memory !== 0 || !offset) continue;
    const address = constantAddress(module.bytes, offset);
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
  for (const { address, contents } of pieces) memory.set(module.bytes.subarray(contents.start, contents.end), address);
  return { memory, problems };
}

/** Of `i32.const n; end`; a 32-bit address is unsigned. */
function constantAddress(bytes: Uint8Array, range: ModuleRange): number | undefined {
  const reader = new ByteReader(bytes, range.start, range.end);
  try {
    if (reader.u8() !== 0x41) return undefined;
    const address = reader.sleb() >>> 0;
    return reader.u8() === 0x0b ? address : undefined;
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    return undefined;
  }
}
