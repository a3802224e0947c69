/** A frame on the stack of a goroutine. */
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { DefinedIndex } from "../binary/program-counter.ts";

export interface GoFrame {
  readonly index: DefinedIndex;
  /** PC_B: of the running instruction; in callers, of the resume point behind the call. */
  readonly block: number;
  /** Of the running instruction; `undefined` in callers. */
  readonly offset: ModuleOffset | undefined;
  /** Address of the frame's lowest byte. */
  readonly stackPointer: number;
  /** Value of the stack pointer at the function's entry: address of the return address. Parameters start eight bytes above. */
  readonly entry: number;
}
