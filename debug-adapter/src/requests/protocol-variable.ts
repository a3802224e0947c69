import { printableLine, printableText } from "#core/text/printable.ts";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ShownVariable } from "../variables/variable-container.ts";
import type { SessionState } from "./request.ts";

type Common = Pick<DebugProtocol.Variable, "type" | "variablesReference" | "namedVariables" | "indexedVariables" | "memoryReference">;

/** What a variable and the result of an evaluation have in common. */
export function protocolValue(state: SessionState, { formatted, container }: ShownVariable): Common {
  const { type, memoryReference } = formatted;
  return {
    variablesReference: container ? state.variables.add(container) : 0,
    ...(container?.indexedCount === undefined
      ? {}
      : { indexedVariables: container.indexedCount, namedVariables: container.namedCount ?? 0 }),
    ...(type === undefined ? {} : { type: printableText(type) }),
    ...(memoryReference === undefined ? {} : { memoryReference }),
  };
}

export function protocolVariable(state: SessionState, shown: ShownVariable): DebugProtocol.Variable {
  const { name, formatted, expression } = shown;
  return {
    name: printableLine(name),
    value: printableText(formatted.value),
    ...protocolValue(state, shown),
    ...(expression === undefined ? {} : { evaluateName: expression }),
  };
}
