import type { ModuleFunction, WasmModule } from "./module.ts";

/** What to call a function: its name in the name section, its export, its import, or `func` and its index, as V8 does. */
export function functionName(module: WasmModule, func: ModuleFunction): string {
  const named = module.names().functions.get(func.index);
  if (named !== undefined) return named;
  if (func.import) return `${func.import.module}.${func.import.name}`;
  return module.functionExports().get(func.index) ?? `func${func.index}`;
}
