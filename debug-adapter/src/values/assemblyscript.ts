import type { WasmValue } from "../engine/engine.ts";
import { formatWasm } from "./wat.ts";

/**
 * A local or global of AssemblyScript. A source map has no types: `bool`, small integers and references are all an i32, and are shown as that number.
 * Not a number and infinity are written as the language writes them.
 */
export function formatAssemblyScript(value: WasmValue): string {
  if ((value.type === "f32" || value.type === "f64") && !Number.isFinite(value.value)) return String(value.value);
  return formatWasm(value);
}
