import { readModule } from "#core/wasm/module.ts";

export interface ExportedFunction {
  readonly name: string;
  /** Value types as in WebAssembly text. */
  readonly parameters: readonly string[];
}

/** Functions that a reactor's host calls by itself, and no user. */
const calledByHost = new Set(["_initialize", "__wasm_call_ctors"]);

/** The functions that a user may want to call, as far as the module can be read. None where it runs by itself: by `_start`, or a start section. */
export function callableFunctions(bytes: Uint8Array): ExportedFunction[] {
  const { module } = readModule(bytes);
  if (module.start !== undefined) return [];
  const functions: ExportedFunction[] = [];
  for (const { name, kind, index } of module.exports) {
    const type = module.types[module.functions[index]?.typeIndex ?? -1];
    if (kind !== "func" || type?.kind !== "func" || calledByHost.has(name)) continue;
    if (name === "_start") return [];
    functions.push({ name, parameters: type.params });
  }
  return functions;
}
