import type { DebugProtocol } from "@vscode/debugprotocol";
import { errorText } from "../program/error-text.ts";
import { programOf, request, RequestError } from "./request.ts";

export const exceptionInfo = request<object, DebugProtocol.ExceptionInfoResponse["body"]>("exceptionInfo", async (state) => {
  const { stack, exception } = programOf(state);
  if (!stack || !exception) throw new RequestError("the program is not stopped at an exception");
  const { id, text, typeName, message } = exception;
  return {
    exceptionId: id,
    description: text,
    breakMode: "unhandled",
    details: { typeName, message, stackTrace: await errorText(stack, { name: typeName, message }) },
  };
});
