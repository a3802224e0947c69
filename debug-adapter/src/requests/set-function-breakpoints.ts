import { printableText } from "#core/text/printable.ts";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { UserBreakpoint } from "../breakpoints/user-breakpoint.ts";
import { protocolSource } from "./protocol-source.ts";
import { refusedBreakpoint } from "./refused-breakpoint.ts";
import { programOf, request, type SessionState, toClientLine } from "./request.ts";

type Arguments = DebugProtocol.SetFunctionBreakpointsArguments;
type Body = DebugProtocol.SetFunctionBreakpointsResponse["body"];

export const setFunctionBreakpoints = request<Arguments, Body>("setFunctionBreakpoints", async (state, args) => {
  const program = programOf(state);
  if (state.launch?.args.noDebug) return { breakpoints: args.breakpoints.map(() => refusedBreakpoint) };
  const requests = args.breakpoints.map(({ name, condition, hitCondition }) => ({ line: 0, functionName: name, condition, hitCondition }));
  const breakpoints = await program.setFunctionBreakpoints(requests);
  return { breakpoints: await Promise.all(breakpoints.map((breakpoint) => toProtocol(state, breakpoint))) };
});

async function toProtocol(state: SessionState, breakpoint: UserBreakpoint): Promise<DebugProtocol.Breakpoint> {
  const { id, verified, message } = breakpoint;
  const first = breakpoint.bound[0];
  const position = first && (await first.module.symbols.positionOf(first.offset));
  const known = position && { module: first.module, symbols: first.module.symbols, source: position.source };
  const place = known && (await programOf(state).registry.place(known));
  return {
    id,
    verified,
    ...(message === undefined ? {} : { message: printableText(message) }),
    ...(position && place ? { line: toClientLine(state, position.line), source: protocolSource(state, place, position.source.name) } : {}),
    ...(verified ? {} : { reason: "failed" as const }),
  };
}
