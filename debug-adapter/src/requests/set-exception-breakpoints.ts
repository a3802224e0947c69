import type { DebugProtocol } from "@vscode/debugprotocol";
import { type ExceptionFilter, exceptionFilters } from "../program/exception-filters.ts";
import { programOf, request } from "./request.ts";

type Arguments = DebugProtocol.SetExceptionBreakpointsArguments;

export const setExceptionBreakpoints = request<Arguments, object>("setExceptionBreakpoints", async (state, args) => {
  const known: readonly string[] = exceptionFilters.map(({ filter }) => filter);
  const filters = args.filters.filter((filter): filter is ExceptionFilter => known.includes(filter));
  await programOf(state).setExceptionFilters(filters);
  const breakpoints = args.filters.map((filter) =>
    known.includes(filter) ? { verified: true } : { verified: false, message: `there is no exception filter "${filter}"` },
  );
  return { breakpoints };
});
