/** Constants in a function's code, which name the data that it works with. */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import { codeRange } from "./code-rows.ts";

/** Distinct integer constants that could be addresses, in the order of the code; what stands before damage. */
export function addressConstants(module: WasmModule, func: ModuleFunction): readonly number[] {
  const code = codeRange(module, func);
  const found = new Set<number>();
  if (!code) return [];
  const cursor = new InstructionCursor(module.bytes, code);
  try {
    for (let instruction = cursor.next(); instruction; instruction = cursor.next()) {
      if (instruction.name !== "i32.const" && instruction.name !== "i64.const") continue;
      const value = Number(new ByteReader(module.bytes, cursor.immediates, cursor.end).sleb64());
      if (value > 0 && value < 0x1_0000_0000) found.add(value);
    }
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return [...found];
}
