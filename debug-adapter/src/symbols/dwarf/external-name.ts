import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import type { WasmModule } from "#core/wasm/module.ts";

/**
 * The file that the module's `external_debug_info` section names; `undefined` where it has none, or a damaged one.
 * Source: WebAssembly tool conventions, "Debugging": the section holds one name.
 */
export function externalName(module: WasmModule): string | undefined {
  const section = module.customSections("external_debug_info")[0];
  if (!section) return undefined;
  try {
    const name = new ByteReader(module.bytes, section.start, section.end).name();
    return name === "" ? undefined : name;
  } catch (error) {
    if (error instanceof ByteError) return undefined;
    throw error;
  }
}
