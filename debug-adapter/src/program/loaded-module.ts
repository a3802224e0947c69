import type { WasmModule } from "#core/wasm/module.ts";
import type { EngineModule } from "../engine/engine.ts";
import type { ExceptionSource } from "../symbols/exception-source.ts";
import type { ModuleSymbols } from "../symbols/module-symbols.ts";

/** A module that the engine runs, with what is known of it. */
export interface LoadedModule {
  readonly engine: EngineModule;
  readonly wasm: WasmModule;
  /** The best there is. */
  readonly symbols: ModuleSymbols;
  /** For places that `symbols` knows nothing of; the same object where there is nothing better. */
  readonly disassembly: ModuleSymbols;
  /** The file that it was read from, where others may have been changed since it was built; `undefined` where the launch has built it. */
  readonly file: string | undefined;
  /** Errors of the language's runtime, where it has such. */
  readonly exceptions: ExceptionSource | undefined;
}
