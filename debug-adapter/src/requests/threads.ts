import { printableLine } from "#core/text/printable.ts";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { request } from "./request.ts";

export const threads = request<object, DebugProtocol.ThreadsResponse["body"]>("threads", async (state) => {
  const program = state.launch?.program;
  if (program?.stacks) return { threads: (await program.stacks.threads()).map(({ id, name }) => ({ id, name: printableLine(name) })) };
  const target = program?.target;
  return { threads: target ? [{ id: target.id, name: target.name }] : [] };
});
