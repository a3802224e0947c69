import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { ModuleSymbols } from "../symbols/module-symbols.ts";

/** An offset at which a breakpoint stops. */
export interface BoundOffset {
  readonly module: LoadedModule;
  /** By which it was found, and its frames are shown. */
  readonly symbols: ModuleSymbols;
  readonly offset: ModuleOffset;
}
