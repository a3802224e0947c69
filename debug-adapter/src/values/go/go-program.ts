/** What values need to know of the program that they belong to. */
import type { GoType } from "#core/go/layouts/go-type.ts";
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import type { KeptValue } from "./javascript-values.ts";
import type { GoClosureVariable } from "#core/go/variables/closure-variables.ts";

export interface GoProgramFacts {
  readonly types: GoTypeTable;
  /** Where the linker put descriptors of types and their names, whose offsets count from `start` (`types` and `etypes` of `runtime.moduledata`). */
  readonly typeData: { readonly start: number; readonly end: number };
  /** Name of the function with this program counter, as it stands in memory. */
  functionName(counter: number): string | undefined;
  /** Variables that a function takes out of its closure; none where that is not known. */
  closureVariables(functionName: string): readonly GoClosureVariable[];
  /** What is asked for only when somebody wants to see it; none where nothing can be asked. */
  readonly further?: FurtherFacts;
}

/** Of packages that are not the user's. */
export interface FurtherFacts {
  /** What the linker has placed ends at this address. A function that captures nothing lies below. */
  readonly staticEnd: number;
  /** Whether {@link describe} may tell more of a function. */
  isOpen(functionName: string): boolean;
  /** Learns what there is to know of the package of a function. Never rejects. */
  describe(functionName: string): Promise<void>;
}

/** Memory of the stopped program. */
export interface GoMemory {
  /** Bytes from `address` on; fewer than `length` where memory ends before. */
  read(address: number, length: number): Promise<Uint8Array>;
  /** How often it was written since the program stopped. */
  readonly version?: number;
  /** JavaScript values by the numbers that Go knows them by. */
  readonly kept?: KeptValue;
}

/** A variable and where it is. */
export interface GoNamedPlace {
  readonly name: string;
  readonly type: GoType;
  readonly address: number;
}

/** How much of a value is read; the launch attributes of the same names. */
export interface GoLoadLimits {
  /** Bytes of a string. */
  readonly maxStringLen: number;
  /** Elements of a slice, array or map. */
  readonly maxArrayValues: number;
}

/** Delve's, where the launch configuration says nothing. */
export const defaultLimits: GoLoadLimits = { maxStringLen: 512, maxArrayValues: 64 };
