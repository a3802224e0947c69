import type { DebugProtocol } from "@vscode/debugprotocol";
import type { StepKind } from "../stepping/step-plan.ts";
import { programOf, type Request, request } from "./request.ts";

/** A step request: the same for all kinds. */
export function stepRequest(command: string, kind: StepKind): Request {
  return request<Partial<DebugProtocol.NextArguments>, undefined>(command, async (state, args) => {
    await programOf(state).step(kind, args.granularity === "instruction", args.threadId);
    return undefined;
  });
}
