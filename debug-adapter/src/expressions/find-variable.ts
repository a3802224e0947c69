import type { UserWasmFrame } from "../stack/user-frame.ts";
import { logicalFrame } from "../stack/user-frame.ts";
import type { ModuleSymbols, Scope, Variable } from "../symbols/module-symbols.ts";

/** The variable in scope that `name` means in a frame: innermost scope first. The `$` of WebAssembly's names may be left out, or put before a name that has none. */
export function findVariable(frame: UserWasmFrame, name: string): Promise<Variable | undefined> {
  return variableOf(frame.symbols, frame, name);
}

/** The local or global of WebAssembly itself, which a source does not name. */
export function findWasmVariable(frame: UserWasmFrame, name: string): Promise<Variable | undefined> {
  return variableOf(frame.module.disassembly, frame, name);
}

async function variableOf(symbols: ModuleSymbols, frame: UserWasmFrame, name: string): Promise<Variable | undefined> {
  const spellings = name.startsWith("$") ? [name, name.slice(1)] : [name, `$${name}`];
  return inScopes(await symbols.scopesAt(await logicalFrame(frame)), spellings);
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
