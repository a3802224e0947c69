import type { DebugProtocol } from "@vscode/debugprotocol";
import { assignText } from "../expressions/assign-text.ts";
import { ExpressionError } from "../expressions/expression-error.ts";
import { memoryWritten } from "./memory-written.ts";
import { programOf, request } from "./request.ts";
import { wasmFrame } from "./wasm-frame.ts";

type Arguments = DebugProtocol.SetExpressionArguments;
type Body = DebugProtocol.SetExpressionResponse["body"];

export const setExpression = request<Arguments, Body>("setExpression", async (state, args) => {
  const frame = await wasmFrame(state, args.frameId);
  try {
    const { value, type } = await assignText(args.expression, args.value, frame, programOf(state).values);
    return { value, ...(type === undefined ? {} : { type }) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(`Unable to set expression: ${error.message}`);
  } finally {
    memoryWritten(state, frame.stop);
  }
});
