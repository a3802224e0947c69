import { readModule } from "#core/wasm/module.ts";

export interface ExportedFunction {
  readonly name: string;
  /** Value types as in WebAssembly text. */
  readonly parameters: readonly string[];
}

/** Functions that a reactor's host calls by itself, and no user. */
const calledByHost = new Set(["_initialize", "__wasm_call_ctors"]);

/** The exported functions of a binary module, as far as it can be read. */
export function exportedFunctions(bytes: Uint8Array): ExportedFunction[] {
  const { module } = readModule(bytes);
  const functions: ExportedFunction[] = [];
  for (const { name, kind, index } of module.exports) {
    const type = module.types[module.functions[index]?.typeIndex ?? -1];
    if (kind === "func" && type?.kind === "func" && !calledByHost.has(name)) functions.push({ name, parameters: type.params });
  }
  return functions;
}
