import type { DebugProtocol } from "@vscode/debugprotocol";
import { printableText } from "#core/text/printable.ts";
import { refusedBreakpoint } from "./refused-breakpoint.ts";
import { programOf, request } from "./request.ts";

type Arguments = DebugProtocol.SetInstructionBreakpointsArguments;
type Body = DebugProtocol.SetInstructionBreakpointsResponse["body"];

export const setInstructionBreakpoints = request<Arguments, Body>("setInstructionBreakpoints", async (state, args) => {
  const program = programOf(state);
  if (state.launch?.args.noDebug) return { breakpoints: args.breakpoints.map(() => refusedBreakpoint) };
  const requests = args.breakpoints.map(({ instructionReference, offset, condition, hitCondition }) => ({
    line: 0,
    instruction: { reference: instructionReference, place: program.addresses.placeOf(instructionReference, offset) },
    condition,
    hitCondition,
  }));
  const breakpoints = await program.setInstructionBreakpoints(requests);
  return {
    breakpoints: breakpoints.map(({ id, verified, message, bound: [first] }) => ({
      id,
      verified,
      ...(message === undefined ? {} : { message: printableText(message) }),
      ...(first ? { instructionReference: program.addresses.reference({ module: first.module.engine, offset: first.offset }) } : {}),
      ...(verified ? {} : { reason: "failed" as const }),
    })),
  };
});
