import type { FunctionIndex } from "#core/wasm/offsets.ts";

/** What functions are called in the object files that a module was linked from, as its debug information tells; mangled in languages that do that. */
export interface LinkedNames {
  /** `undefined` where nothing is known of the function. */
  of(index: FunctionIndex): string | undefined;
  /** The functions that the source calls `plainName`, whatever is around them. */
  functionsCalled(plainName: string): ReadonlyMap<FunctionIndex, string>;
}
