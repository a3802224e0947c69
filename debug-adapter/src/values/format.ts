import type { Language, Variable } from "../symbols/module-symbols.ts";
import type { WasmValue } from "../engine/engine.ts";
import { formatAssemblyScript, formatAssemblyScriptObject } from "./assemblyscript.ts";
import { formatC, type TypedFormatter } from "./c.ts";
import { formatView } from "./format-view.ts";
import { formatRust } from "./rust.ts";
import { formatTinyGo } from "./tinygo.ts";
import type { FormattedValue, ValueContext } from "./value.ts";
import { viewOf } from "./views.ts";
import { formatWasm } from "./wat.ts";
import { formatZig } from "./zig.ts";

/** Languages that write values of a type in a way of their own; the others write them as C does. */
const typedFormatters: Partial<Record<Language, TypedFormatter>> = {
  rust: formatRust,
  zig: formatZig,
  tinygo: formatTinyGo,
  assemblyscript: formatAssemblyScriptObject,
};
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
    case "go": {
      const { value: text, type: goType } = await value.load();
      return { value: text, type: goType };
    }
    case "memory":
    case "bytes":
      return { ...(await write(variable, value, context, { depth: 0, write })), ...type };
  }
}

const write: TypedFormatter = (variable, value, context, nesting) => {
  const format = typedFormatters[variable.language] ?? formatC;
  const view = viewOf(variable, value, value.type, context);
  if (!view) return format(variable, value, context, nesting);
  return view.then((found) => (found ? formatView(value, found, context, nesting) : format(variable, value, context, nesting)));
};
