import { cancel } from "./cancel.ts";
import { completions } from "./completions.ts";
import { breakpointLocations } from "./breakpoint-locations.ts";
import { configurationDone } from "./configuration-done.ts";
import { continueRequest } from "./continue.ts";
import { disconnect } from "./disconnect.ts";
import { disassemble } from "./disassemble.ts";
import { evaluate } from "./evaluate.ts";
import { exceptionInfo } from "./exception-info.ts";
import { initialize } from "./initialize.ts";
import { launch } from "./launch.ts";
import { loadedSources } from "./loaded-sources.ts";
import { next } from "./next.ts";
import { pause } from "./pause.ts";
import { readMemory } from "./read-memory.ts";
import type { Request } from "./request.ts";
import { scopes } from "./scopes.ts";
import { setBreakpoints } from "./set-breakpoints.ts";
import { setExceptionBreakpoints } from "./set-exception-breakpoints.ts";
import { setFunctionBreakpoints } from "./set-function-breakpoints.ts";
import { setInstructionBreakpoints } from "./set-instruction-breakpoints.ts";
import { setExpression } from "./set-expression.ts";
import { setVariable } from "./set-variable.ts";
import { source } from "./source.ts";
import { stackTrace } from "./stack-trace.ts";
import { stepIn } from "./step-in.ts";
import { stepOut } from "./step-out.ts";
import { terminate } from "./terminate.ts";
import { threads } from "./threads.ts";
import { variables } from "./variables.ts";
import { writeMemory } from "./write-memory.ts";

const list: readonly Request[] = [
  initialize,
  launch,
  cancel,
  setBreakpoints,
  breakpointLocations,
  setFunctionBreakpoints,
  setInstructionBreakpoints,
  setExceptionBreakpoints,
  configurationDone,
  continueRequest,
  pause,
  next,
  stepIn,
  stepOut,
  threads,
  stackTrace,
  scopes,
  variables,
  evaluate,
  setVariable,
  setExpression,
  completions,
  exceptionInfo,
  source,
  loadedSources,
  disassemble,
  readMemory,
  writeMemory,
  terminate,
  disconnect,
];

/** Every request that is served, by its command. */
export const requests: ReadonlyMap<string, Request> = new Map(list.map((entry) => [entry.command, entry]));
