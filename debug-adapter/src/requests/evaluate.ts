import type { DebugProtocol } from "@vscode/debugprotocol";
import { evaluateExpression } from "../expressions/evaluate-expression.ts";
import { ExpressionError } from "../expressions/expression-error.ts";
import { parseExpression } from "../expressions/parse-expression.ts";
import type { UserFrame, UserWasmFrame } from "../stack/user-frame.ts";
import { protocolValue } from "./protocol-variable.ts";
import { programOf, request, RequestError, type SessionState } from "./request.ts";

type Body = DebugProtocol.EvaluateResponse["body"];

export const evaluate = request<DebugProtocol.EvaluateArguments, Body>("evaluate", async (state, args) => {
  const frame = await frameOf(state, args.frameId);
  if (frame.kind === "script") throw new RequestError("expressions cannot be evaluated in a frame of JavaScript");
  if (frame.stop.unwound) throw new RequestError("the error has already unwound the stack: there are no values any more");
  const shown = await evaluated(state, args.expression, frame);
  return { result: shown.formatted.value, ...protocolValue(state, shown) };
});

/** Delve says of every error what it was that failed. */
async function evaluated(state: SessionState, expression: string, frame: UserWasmFrame): ReturnType<typeof evaluateExpression> {
  try {
    return await evaluateExpression(parseExpression(expression), frame, programOf(state).values);
  } catch (error) {
    if (!(error instanceof ExpressionError) || frame.symbols.kind !== "go") throw error;
    throw new ExpressionError(`Unable to evaluate expression: ${error.message}`);
  }
}

async function frameOf(state: SessionState, frameId: number | undefined): Promise<UserFrame> {
  if (frameId !== undefined) {
    const frame = state.frames.get(frameId);
    if (!frame) throw new RequestError("this frame is gone: the program has run since");
    return frame;
  }
  const top = await programOf(state).stack?.top();
  if (!top) throw new RequestError("the program is running; pause it to evaluate expressions");
  return top;
}
