import type { Language, Variable } from "../symbols/module-symbols.ts";
import type { WasmValue } from "../engine/engine.ts";
import { formatAssemblyScript } from "./assemblyscript.ts";
import { formatC } from "./c.ts";
import type { FormattedValue, ValueContext } from "./value.ts";
import { formatWasm } from "./wat.ts";

/** Languages that write plain values of the WebAssembly machine in a way of their own. */
const wasmFormatters: Partial<Record<Language, (value: WasmValue) => string>> = { assemblyscript: formatAssemblyScript };

/**
 * Writes out a variable for the user, in the way of its language. What cannot be had says why, between angle brackets; a wrong value is never shown.
 * Rejects only with what the engine rejects with: StaleError, GoneError.
 */
export async function formatValue(variable: Variable, context: ValueContext): Promise<FormattedValue> {
  const type = variable.typeName === undefined ? {} : { type: variable.typeName };
  const { value } = variable;
  switch (value.kind) {
    case "unavailable":
      return { value: `<${value.reason}>`, ...type };
    case "wasm":
      return { value: (wasmFormatters[variable.language] ?? formatWasm)(value.value), ...type };
    case "memory":
    case "bytes":
      return { ...(await formatC(variable, value, context)), ...type };
  }
}
