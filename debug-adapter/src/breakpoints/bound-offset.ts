import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { LoadedModule } from "../program/loaded-module.ts";

/** An offset at which a breakpoint stops. */
export interface BoundOffset {
  readonly module: LoadedModule;
  readonly offset: ModuleOffset;
}
