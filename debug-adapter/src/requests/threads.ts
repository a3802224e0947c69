import type { DebugProtocol } from "@vscode/debugprotocol";
import { request } from "./request.ts";

export const threads = request<object, DebugProtocol.ThreadsResponse["body"]>("threads", (state) => {
  const target = state.launch?.program?.target;
  return { threads: target ? [{ id: target.id, name: target.name }] : [] };
});
