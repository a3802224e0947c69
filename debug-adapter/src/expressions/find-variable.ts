import type { UserWasmFrame } from "../stack/user-frame.ts";
import { logicalFrame } from "../stack/user-frame.ts";
import type { LogicalFrame, ModuleSymbols, Scope, Variable } from "../symbols/module-symbols.ts";

/** The variable that `name` means in a frame: innermost scope first; WebAssembly's own locals and globals, last. The `$` of their
 * names may be left out, or put before a name that has none. */
export async function findVariable(frame: UserWasmFrame, name: string): Promise<Variable | undefined> {
  const logical = await logicalFrame(frame);
  const spellings = name.startsWith("$") ? [name, name.slice(1)] : [name, `$${name}`];
  for (const symbols of new Set<ModuleSymbols>([frame.symbols, frame.module.disassembly])) {
    const found = inScopes(await scopesOf(symbols, logical), spellings);
    if (found) return found;
  }
  return undefined;
}

function inScopes(scopes: readonly Scope[], names: readonly string[]): Variable | undefined {
  for (const scope of scopes) {
    const found = names
      .map((name) => scope.variables.find((variable) => variable.name === name))
      .find((variable) => variable !== undefined);
    if (found) return found;
  }
  return undefined;
}

function scopesOf(symbols: ModuleSymbols, frame: LogicalFrame): ReturnType<ModuleSymbols["scopesAt"]> {
  return symbols.scopesAt(frame);
}
