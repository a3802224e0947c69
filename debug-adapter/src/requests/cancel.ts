import type { DebugProtocol } from "@vscode/debugprotocol";
import { request } from "./request.ts";

/** Cancels what the client shows the progress of: a launch that builds, or reads debug information. */
export const cancel = request<DebugProtocol.CancelArguments, undefined>("cancel", (state, { progressId }) => {
  const { launch } = state;
  if (launch && progressId !== undefined && launch.progressId === progressId) launch.abort.abort();
  return undefined;
});
