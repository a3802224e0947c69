/** Where the runtime keeps whether its garbage collector may work, and whether it does. */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import { codeRange } from "../binary/code-rows.ts";

/** Addresses in linear memory. */
export interface CollectorPlaces {
  /** `runtime.memstats.enablegc`, one byte. */
  readonly enabled: number;
  /** `runtime.gcphase`, 32 bits; 0 while nothing is collected. */
  readonly phase: number;
}

/**
 * No symbol tells them. `test`: the function `runtime.gcTrigger.test`, whose first condition (runtime/mgc.go) reads the one as a byte and, behind
 * a call, the other as a word. `undefined` where it does not look so.
 */
export function collectorPlaces(module: WasmModule, test: ModuleFunction): CollectorPlaces | undefined {
  const code = codeRange(module, test);
  if (!code) return undefined;
  const cursor = new InstructionCursor(module.bytes, code);
  let enabled: number | undefined;
  let address: number | undefined;
  let wrapped = false;
  try {
    for (let instruction = cursor.next(); instruction; instruction = cursor.next()) {
      const read = wrapped && address !== undefined ? address : undefined;
      if (instruction.name === "i64.load8_u" && read !== undefined) enabled ??= read;
      if (instruction.name === "i64.load32_u" && read !== undefined && enabled !== undefined) return { enabled, phase: read };
      wrapped = instruction.name === "i32.wrap_i64" && address !== undefined;
      if (instruction.name === "i64.const") address = Number(new ByteReader(module.bytes, cursor.immediates, cursor.end).sleb64());
      else if (!wrapped) address = undefined;
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return undefined;
}
