import { readModule } from "#core/wasm/module.ts";

export interface ExportedFunction {
  readonly name: string;
  /** Value types as in WebAssembly text. */
  readonly parameters: readonly string[];
}

/** What of a module can be run, as far as it can be read. */
export interface Runnable {
  /** It is a command, which needs no choice. */
  readonly isCommand: boolean;
  /** A function runs when the module is instantiated; AssemblyScript makes one for the values of globals. */
  readonly hasStartFunction: boolean;
  /** Exports that a user may want to call. */
  readonly functions: readonly ExportedFunction[];
}

export function runnableParts(bytes: Uint8Array): Runnable {
  const { module } = readModule(bytes);
  const functions: ExportedFunction[] = [];
  for (const { name, kind, index } of module.exports) {
    const type = module.types[module.functions[index]?.typeIndex ?? -1];
    if (kind === "func" && type?.kind === "func") functions.push({ name, parameters: type.params });
  }
  return {
    isCommand: functions.some(({ name }) => name === "_start"),
    hasStartFunction: module.start !== undefined,
    functions: functions.filter(({ name }) => !belongsToRuntime(name)),
  };
}

/** `_start` and `_initialize` are called by the host; compilers name what their own runtime needs with two underscores. */
function belongsToRuntime(name: string): boolean {
  return name === "_start" || name === "_initialize" || name.startsWith("__");
}
