import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ChildRange } from "../values/value.ts";
import { frameOf, setFrame } from "../variables/container-frames.ts";
import type { VariableContainer } from "../variables/variable-container.ts";
import { protocolVariable } from "./protocol-variable.ts";
import { request, RequestError } from "./request.ts";

/** A client that does not page gets no more elements than this at once. */
const mostAtOnce = 10_000;

type Arguments = DebugProtocol.VariablesArguments;
type Body = DebugProtocol.VariablesResponse["body"];

export const variables = request<Arguments, Body>("variables", async (state, args) => {
  const container = state.variables.get(args.variablesReference);
  if (!container) throw new RequestError("this variable is gone: the program has run since");
  const isIndexed = container.indexedCount !== undefined;
  const hasBoth = isIndexed && (container.namedCount ?? 0) > 0;
  if (args.filter !== undefined && !hasBoth && (args.filter === "indexed") !== isIndexed) return { variables: [] };
  const shown = await container.list(rangeOf(container, args), args.filter);
  for (const variable of shown) setFrame(variable.container, frameOf(container));
  return { variables: shown.map((variable) => protocolVariable(state, variable)) };
});

function rangeOf(container: VariableContainer, { start, count }: Arguments): ChildRange | undefined {
  if (container.indexedCount === undefined) return undefined;
  const from = Math.max(0, start ?? 0);
  return { start: from, count: Math.min(count ? count : container.indexedCount - from, mostAtOnce) };
}
