import type { DebugProtocol } from "@vscode/debugprotocol";
import { forgetStop } from "./program-events.ts";
import { programOf, type Request } from "./request.ts";

export const continueRequest: Request = {
  command: "continue",
  handle: async (state) => {
    const program = programOf(state);
    forgetStop(state);
    await program.resume();
    return { body: { allThreadsContinued: true } satisfies DebugProtocol.ContinueResponse["body"] };
  },
};
