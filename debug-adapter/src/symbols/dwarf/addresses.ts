import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import { moduleOffset, type ModuleOffset, type ModuleRange } from "#core/wasm/offsets.ts";

/** What says where functions begin. */
export type FunctionStarts = Pick<DebugInfo, "rangeStarts" | "units" | "functionsOf">;

/** Between DWARF addresses and module offsets. */
export class AddressSpace {
  readonly #module: WasmModule;
  /** Module offset of address 0. */
  readonly base: number;
  /** Functions begin in the module where the debug information says: the code was not changed behind it. */
  readonly fits: boolean;

  constructor(module: WasmModule, info: FunctionStarts) {
    this.#module = module;
    const { base, fits } = addressBase(module, info);
    this.base = base;
    this.fits = fits;
  }

  toOffset(address: number): ModuleOffset {
    return moduleOffset(address + this.base);
  }

  toAddress(offset: ModuleOffset): number {
    return offset - this.base;
  }

  /** The first instruction at or behind `address`: producers begin functions at their local declarations, where nothing can stop. */
  instructionFrom(address: number): ModuleOffset {
    const offset = this.toOffset(address);
    const body = this.#module.functionAt(offset)?.body;
    return body ? moduleOffset(Math.max(offset, firstInstruction(this.#module.bytes, body))) : offset;
  }
}

/** Module offset behind the local declarations of a function body. */
export function firstInstruction(bytes: Uint8Array, body: ModuleRange): ModuleOffset {
  const reader = new ByteReader(bytes, body.start, body.end);
  try {
    for (let groups = reader.uleb(); groups > 0; groups--) {
      reader.uleb();
      // A value type is one byte, or two LEB128 numbers for a reference to a type of its own.
      const type = reader.u8();
      if (type === 0x63 || type === 0x64) reader.sleb();
    }
  } catch (error) {
    if (error instanceof ByteError) return body.start;
    throw error;
  }
  return moduleOffset(reader.position);
}

const samples = 256;
/** Of fewer functions nothing is concluded. */
const fewest = 4;

/**
 * DWARF for WebAssembly counts addresses from the code section's contents; some producers count from the module's first byte.
 * The base with which more functions begin where the module has functions is the right one.
 */
function addressBase(module: WasmModule, info: FunctionStarts): { readonly base: number; readonly fits: boolean } {
  const codeStart = module.codeStart ?? 0;
  // Linkers write 0, -1 or -2 for functions that they dropped.
  const starts = functionStarts(info).filter((address) => address > 0 && address < module.bytes.length);
  const hits = (base: number): number =>
    starts.reduce((sum, address) => sum + (beginsFunction(module, moduleOffset(address + base)) ? 1 : 0), 0);
  const [fromModule, fromCode] = [hits(0), hits(codeStart)];
  const fits = starts.length < fewest || Math.max(fromModule, fromCode) * 2 > starts.length;
  return { base: fromModule > fromCode ? 0 : codeStart, fits };
}

function functionStarts(info: FunctionStarts): readonly number[] {
  const starts = [...info.rangeStarts().subarray(0, samples)];
  if (starts.length > 0) return starts;
  for (const unit of info.units) {
    starts.push(...info.functionsOf(unit).lows.subarray(0, samples));
    if (starts.length >= samples) break;
  }
  return starts;
}

/** At the body, or at the size before it, as different producers have it. */
function beginsFunction(module: WasmModule, offset: ModuleOffset): boolean {
  for (let ahead = 0; ahead <= 5; ahead++) {
    if (module.functionAt(moduleOffset(offset + ahead))?.body?.start === offset + ahead) return true;
  }
  return false;
}
