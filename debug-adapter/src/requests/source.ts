import type { DebugProtocol } from "@vscode/debugprotocol";
import { programOf, request, RequestError } from "./request.ts";

export const source = request<DebugProtocol.SourceArguments, DebugProtocol.SourceResponse["body"]>("source", async (state, args) => {
  const known = programOf(state).registry.byReference(args.source?.sourceReference ?? args.sourceReference);
  const content = await known?.source.content?.();
  if (!known || content === undefined) throw new RequestError("the text of this source is not known any more");
  return known.symbols.kind === "disassembly" ? { content, mimeType: "text/x-wat" } : { content };
});
