import { debug, Disposable, type DebugConfigurationProvider } from "vscode";
import { refuse } from "./refusal.ts";

/** F5 says what it needs, once: the configuration goes no further. */
export function refuseDebugging(): Disposable {
  const provider: DebugConfigurationProvider = {
    resolveDebugConfiguration() {
      refuse("Debugging WebAssembly");
      return undefined;
    },
  };
  return Disposable.from(...["wasm", "wasm-go"].map((type) => debug.registerDebugConfigurationProvider(type, provider)));
}
