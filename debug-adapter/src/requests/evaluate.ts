import { printableText } from "#core/text/printable.ts";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { evaluateText, ownExpressions } from "../expressions/evaluate-text.ts";
import { splitAssignment } from "../expressions/go/assignment.ts";
import { ExpressionError } from "../expressions/expression-error.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import { setFrame } from "../variables/container-frames.ts";
import { showGoValue, type ShownVariable } from "../variables/variable-container.ts";
import { callExport } from "./call-export.ts";
import { memoryWritten } from "./memory-written.ts";
import { protocolValue } from "./protocol-variable.ts";
import { programOf, request, type SessionState } from "./request.ts";
import { wasmFrame } from "./wasm-frame.ts";

type Arguments = DebugProtocol.EvaluateArguments;
type Body = DebugProtocol.EvaluateResponse["body"];

export const evaluate = request<Arguments, Body>("evaluate", async (state, args) => {
  const returned = await callExport(state, args);
  if (returned !== undefined) return { result: returned, variablesReference: 0 };
  const frame = await wasmFrame(state, args.frameId);
  try {
    const shown = await evaluated(state, args, frame);
    if (!shown) return { result: "", variablesReference: 0 };
    setFrame(shown.container, frame);
    return { result: printableText(shown.formatted.value), ...protocolValue(state, shown) };
  } catch (error) {
    // Delve says of every error what it was that failed.
    if (!(error instanceof ExpressionError) || frame.symbols.kind !== "go") throw error;
    throw new ExpressionError(`Unable to evaluate expression: ${error.message}`);
  }
});

async function evaluated(
  state: SessionState,
  { expression, context }: Arguments,
  frame: UserWasmFrame,
): Promise<ShownVariable | undefined> {
  const [, called] = /^\s*call\s+(\S.*)$/s.exec(expression) ?? [];
  if (called !== undefined && frame.symbols.expressions) return call(state, called, frame);
  const copied = context === "clipboard" || context === "variables";
  const longStrings = copied || context === "hover" || context === "repl";
  // What has effects is done only where the user asks for it by a text of its own.
  const effects = context === "repl" ? { changed: false } : undefined;
  try {
    return await evaluateText(expression, frame, programOf(state).values, {
      whole: copied,
      longStrings,
      quick: context === "hover",
      effects,
    });
  } finally {
    if (effects?.changed) memoryWritten(state, frame.stop);
  }
}

/** As with Delve, `call` is for what has effects: assignments, too. */
async function call(state: SessionState, text: string, frame: UserWasmFrame): Promise<ShownVariable | undefined> {
  const assignment = splitAssignment(text);
  const expressions = await ownExpressions(frame);
  try {
    if (!assignment) return expressions && showGoValue(await expressions.call(text));
    await expressions?.assign(assignment.target, assignment.source);
    return undefined;
  } finally {
    memoryWritten(state, frame.stop);
  }
}
