import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { Stop } from "../engine/engine.ts";
import type { ExceptionFilter } from "../program/exception-filters.ts";
import type { StopException } from "../program/stop-exception.ts";

/** Errors of a language that are no traps: its runtime ends the program in an orderly way, at places that can be watched. */
export interface ExceptionSource {
  readonly places: readonly { readonly filter: ExceptionFilter; readonly offset: ModuleOffset }[];
  /** What has happened, when the program has stopped at one of the places. */
  describe(stop: Stop, offset: ModuleOffset): Promise<StopException>;
}
