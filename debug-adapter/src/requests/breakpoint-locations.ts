import { fileURLToPath } from "node:url";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { KnownSource } from "../sources/source-registry.ts";
import { fromClientColumn, fromClientLine, programOf, request, type SessionState, toClientColumn, toClientLine } from "./request.ts";

type Arguments = DebugProtocol.BreakpointLocationsArguments;
type Body = DebugProtocol.BreakpointLocationsResponse["body"];

/** More lines are not looked at: clients ask for what is on the screen. */
const mostLines = 10_000;

/** Where in a source breakpoints can be, by lines and, where a line has code in several, columns. */
export const breakpointLocations = request<Arguments, Body>("breakpointLocations", async (state, args) => {
  const from = fromClientLine(state, args.line);
  const to = Math.min(args.endLine === undefined ? from : fromClientLine(state, args.endLine), from + mostLines);
  const found = new Map<number, Set<number>>();
  for (const { symbols, source } of await sourcesOf(state, args.source)) {
    for (const line of await symbols.linesWithCode(source, from, to)) {
      const columns = found.get(line) ?? new Set();
      found.set(line, columns);
      for (const column of (await symbols.columnsOf?.(source, line)) ?? []) columns.add(column);
    }
  }
  const places = [...found].flatMap(([line, columns]) =>
    columns.size > 0 ? [...columns].map((column) => ({ line, column })) : [{ line, column: 1 }],
  );
  const first = args.column === undefined ? 0 : fromClientColumn(state, args.column);
  const last = args.endColumn === undefined ? Infinity : fromClientColumn(state, args.endColumn);
  const asked = places.filter(({ line, column }) => (line > from || column >= first) && (line < to || column <= last));
  asked.sort((a, b) => a.line - b.line || a.column - b.column);
  return { breakpoints: asked.map(({ line, column }) => ({ line: toClientLine(state, line), column: toClientColumn(state, column) })) };
});

async function sourcesOf(state: SessionState, source: DebugProtocol.Source): Promise<readonly KnownSource[]> {
  const { registry, modules } = programOf(state);
  if (source.sourceReference) {
    const known = registry.byReference(source.sourceReference);
    return known ? [known] : [];
  }
  const path = source.path ?? source.name ?? "";
  return registry.byPath(path.startsWith("file://") ? fileURLToPath(path) : path, modules);
}
