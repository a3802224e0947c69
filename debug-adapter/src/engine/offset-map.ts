import type { ModuleOffset } from "#core/wasm/offsets.ts";

/** Between offsets of the module as it was built and offsets of the bytes that the engine runs. Only the engine uses the second kind. */
export interface OffsetMap {
  toEngine(original: ModuleOffset): number;
  /** The original offset of the instruction at, or the last one before, `engineOffset`. */
  toOriginal(engineOffset: number): ModuleOffset;
}

/** Of a module that runs as it was built. */
export const identityOffsetMap: OffsetMap = {
  toEngine: (original) => original,
  toOriginal: (engineOffset) => engineOffset as ModuleOffset,
};
