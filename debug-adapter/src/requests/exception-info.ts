import type { DebugProtocol } from "@vscode/debugprotocol";
import { errorText } from "../program/error-text.ts";
import { filterOf } from "../program/exception-filters.ts";
import { programOf, request, RequestError } from "./request.ts";

export const exceptionInfo = request<object, DebugProtocol.ExceptionInfoResponse["body"]>("exceptionInfo", async (state) => {
  const stack = programOf(state).stack;
  const exception = stack?.stop.exception;
  if (!stack || !exception) throw new RequestError("the program is not stopped at an exception");
  return {
    exceptionId: filterOf(exception) === "trap" ? "trap" : exception.name,
    description: `${exception.name}: ${exception.message}`,
    breakMode: "unhandled",
    details: { typeName: exception.name, message: exception.message, stackTrace: await errorText(stack, exception) },
  };
});
