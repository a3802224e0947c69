import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { EngineModule, Stop, WasmState } from "../../../debug-adapter/src/engine/engine.ts";
import type { LogicalFrame, Scope } from "../../../debug-adapter/src/symbols/module-symbols.ts";

/** A frame whose symbols read nothing but the state of the WebAssembly machine. */
export function frameAt(offset: ModuleOffset, state: WasmState): LogicalFrame {
  return { module: {} as EngineModule, offset, inlineDepth: 0, state, stop: {} as Stop };
}

/** Scopes as `{ scope: { variable: "type value" } }`. */
export function plain(scopes: readonly Scope[]): Record<string, Record<string, string>> {
  return Object.fromEntries(
    scopes.map((scope) => [
      scope.name,
      Object.fromEntries(
        scope.variables.map(({ name, typeName, value }) => {
          const shown = value.kind !== "wasm" ? value.kind : "text" in value.value ? value.value.text : String(value.value.value);
          return [name, `${typeName} ${shown}`];
        }),
      ),
    ]),
  );
}
