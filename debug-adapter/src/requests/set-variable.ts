import { printableLine } from "#core/text/printable.ts";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { assignText } from "../expressions/assign-text.ts";
import { ExpressionError } from "../expressions/expression-error.ts";
import { frameOf } from "../variables/container-frames.ts";
import type { ShownVariable, VariableContainer } from "../variables/variable-container.ts";
import { memoryWritten } from "./memory-written.ts";
import { programOf, request, RequestError } from "./request.ts";

type Arguments = DebugProtocol.SetVariableArguments;
type Body = DebugProtocol.SetVariableResponse["body"];

export const setVariable = request<Arguments, Body>("setVariable", async (state, args) => {
  const container = state.variables.get(args.variablesReference);
  const frame = container && frameOf(container);
  if (!container || !frame) throw new RequestError("this variable is gone: the program has run since");
  try {
    const named = await variableNamed(container, args.name);
    if (!named) throw new ExpressionError("failed to find the named variable");
    const target = named.expression;
    if (target === undefined) throw new ExpressionError("cannot set the variable without evaluate name");
    const { value, type } = await assignText(target, args.value, frame, programOf(state).values);
    return { value, ...(type === undefined ? {} : { type }) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(`Unable to set variable: ${error.message}`);
  } finally {
    memoryWritten(state, frame.stop);
  }
});

/** Of a long list just the element is read. */
async function variableNamed(container: VariableContainer, name: string): Promise<ShownVariable | undefined> {
  const [, index] = /^\[(\d+)\]$/.exec(name) ?? [];
  const isElement = index !== undefined && container.indexedCount !== undefined && Number(index) < container.indexedCount;
  const listed = isElement ? await container.list({ start: Number(index), count: 1 }, "indexed") : await container.list();
  return listed.find((variable) => printableLine(variable.name) === name);
}
