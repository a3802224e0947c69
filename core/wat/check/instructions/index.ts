/** How each instruction of the table is checked. */
import { instructions } from "#core/wasm/instructions.ts";
import { aggregateHandlers } from "./aggregate.ts";
import { continuationHandlers } from "./continuation.ts";
import { controlHandlers } from "./control.ts";
import { exceptionHandlers } from "./exception.ts";
import { memoryHandlers } from "./memory.ts";
import { referenceHandlers } from "./reference.ts";
import { variableHandlers } from "./variable.ts";
import type { Handler } from "../body-context.ts";

const byName: Readonly<Record<string, Handler>> = {
  ...controlHandlers,
  ...variableHandlers,
  ...memoryHandlers,
  ...referenceHandlers,
  ...aggregateHandlers,
  ...exceptionHandlers,
  ...continuationHandlers,
};

/** By the place of an instruction in the table; `undefined` where the signature in the table says all. */
export const handlers: readonly (Handler | undefined)[] = instructions.map(({ name }) => byName[name]);
