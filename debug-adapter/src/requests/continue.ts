import type { DebugProtocol } from "@vscode/debugprotocol";
import { programOf, type Request } from "./request.ts";

export const continueRequest: Request = {
  command: "continue",
  handle: async (state) => {
    await programOf(state).resume();
    return { body: { allThreadsContinued: true } satisfies DebugProtocol.ContinueResponse["body"] };
  },
};
