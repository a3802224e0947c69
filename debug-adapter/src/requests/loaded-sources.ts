import type { DebugProtocol } from "@vscode/debugprotocol";
import { protocolSource } from "./protocol-source.ts";
import { programOf, request } from "./request.ts";

export const loadedSources = request<object, DebugProtocol.LoadedSourcesResponse["body"]>("loadedSources", async (state) => {
  const program = programOf(state);
  const sources: DebugProtocol.Source[] = [];
  for (const module of program.modules) {
    // Thousands of generated listings are no sources that anybody looks for.
    if (module.symbols.kind === "disassembly") continue;
    for (const source of await module.symbols.sources()) {
      const place = await program.registry.place({ module, symbols: module.symbols, source });
      if (place) sources.push(protocolSource(state, place, source.name));
    }
  }
  return { sources };
});
