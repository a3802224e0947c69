import { fileURLToPath } from "node:url";
import { printableText } from "#core/text/printable.ts";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { referencePrefix } from "../breakpoints/breakpoint-set.ts";
import type { UserBreakpoint } from "../breakpoints/user-breakpoint.ts";
import type { KnownSource } from "../sources/source-registry.ts";
import { type SourceState, sourceState } from "../sources/source-state.ts";
import { codelessLine, unknownSource } from "../breakpoints/unbound-reason.ts";
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
  const unknown = sources.length === 0 ? await unknownSource(key, program.modules) : undefined;
  const change = sources.length === 0 ? undefined : await changedSource(state, key, sources);
  const reasons = await Promise.all(breakpoints.map(async (breakpoint) => unknown ?? codelessLine(breakpoint, sources)));
  return { breakpoints: breakpoints.map((breakpoint, at) => toProtocol(state, breakpoint, args.source, { reason: reasons[at], change })) };
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

/** Of a file that is not what the module was built from; told once, in the console. */
async function changedSource(state: SessionState, path: string, sources: readonly KnownSource[]): Promise<SourceState | undefined> {
  const known = sources.find(({ source }) => source.md5 !== undefined) ?? sources[0]!;
  const found = await sourceState(known, path);
  if (!found || state.launch?.changedSources.has(path)) return found;
  state.launch?.changedSources.add(path);
  state.peer.send("output", { category: "important", output: `${printableText(found.message)}\n` });
  return found;
}

interface Explanation {
  /** Why there is no such place. */
  readonly reason: string | undefined;
  readonly change: SourceState | undefined;
}

function toProtocol(
  state: SessionState,
  breakpoint: UserBreakpoint,
  source: DebugProtocol.Source,
  { reason, change }: Explanation,
): DebugProtocol.Breakpoint {
  const own = breakpoint.problem ?? reason ?? breakpoint.message;
  // A suspicion does not speak against a breakpoint that is where it was asked for.
  const changed = change && (change.isCertain || own !== undefined) ? change.message : undefined;
  const message = [own, changed].filter((text) => text !== undefined).join("; ") || undefined;
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
