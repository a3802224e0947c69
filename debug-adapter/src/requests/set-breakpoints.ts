import { fileURLToPath } from "node:url";
import { printableText } from "#core/text/printable.ts";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { referencePrefix } from "../breakpoints/breakpoint-set.ts";
import type { UserBreakpoint } from "../breakpoints/user-breakpoint.ts";
import type { KnownSource } from "../sources/source-registry.ts";
import { refusedBreakpoint } from "./refused-breakpoint.ts";
import { fromClientColumn, fromClientLine, programOf, request, type SessionState, toClientColumn, toClientLine } from "./request.ts";

type Arguments = DebugProtocol.SetBreakpointsArguments;
type Body = DebugProtocol.SetBreakpointsResponse["body"];

export const setBreakpoints = request<Arguments, Body>("setBreakpoints", async (state, args) => {
  const program = programOf(state);
  const asked = args.breakpoints ?? (args.lines ?? []).map((line) => ({ line }));
  if (state.launch?.args.noDebug) return { breakpoints: asked.map(({ line }) => ({ ...refusedBreakpoint, source: args.source, line })) };
  const { key, sources } = await findSources(state, args.source);
  const requests = asked.map((breakpoint: DebugProtocol.SourceBreakpoint) => ({
    line: fromClientLine(state, breakpoint.line),
    column: breakpoint.column === undefined ? undefined : fromClientColumn(state, breakpoint.column),
    condition: breakpoint.condition,
    hitCondition: breakpoint.hitCondition,
    logMessage: breakpoint.logMessage,
  }));
  const breakpoints = await program.setBreakpoints(key, requests, sources);
  const unknown = sources.length === 0 ? unknownSource(state) : sources.find(({ symbols }) => symbols.missingLines)?.symbols.missingLines;
  return { breakpoints: breakpoints.map((breakpoint) => toProtocol(state, breakpoint, args.source, unknown)) };
});

async function findSources(state: SessionState, source: DebugProtocol.Source): Promise<{ key: string; sources: readonly KnownSource[] }> {
  const program = programOf(state);
  if (source.sourceReference !== undefined && source.sourceReference > 0) {
    const known = program.registry.byReference(source.sourceReference);
    return { key: `${referencePrefix}${source.sourceReference}`, sources: known ? [known] : [] };
  }
  const given = source.path ?? source.name ?? "";
  const path = given.startsWith("file://") ? fileURLToPath(given) : given;
  return { key: path, sources: await program.registry.byPath(path, program.modules) };
}

function unknownSource(state: SessionState): string {
  const modules = programOf(state).modules;
  if (modules.length === 0) return "the program has not loaded a module yet; the breakpoint is set as soon as it does";
  if (modules.every((module) => module.symbols.kind === "disassembly")) {
    return "the module has no debug information; build it with -g (or the like) to stop in source lines";
  }
  return 'no debug information of the module names this file; if the names in it differ, map them with "substitutePath"';
}

function toProtocol(
  state: SessionState,
  breakpoint: UserBreakpoint,
  source: DebugProtocol.Source,
  unknown: string | undefined,
): DebugProtocol.Breakpoint {
  const message = breakpoint.problem ?? unknown ?? breakpoint.message;
  const line = breakpoint.found?.line ?? breakpoint.request.line;
  const column = breakpoint.found?.column;
  return {
    id: breakpoint.id,
    verified: breakpoint.verified,
    source,
    line: toClientLine(state, line),
    ...(column === undefined || breakpoint.request.column === undefined ? {} : { column: toClientColumn(state, column) }),
    ...(message === undefined ? {} : { message: printableText(message) }),
    ...(breakpoint.verified ? {} : { reason: "failed" as const }),
  };
}
