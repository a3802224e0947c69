import { availableParallelism } from "node:os";
import { versions } from "node:process";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { engineOptions } from "./engine-options.ts";
import type { ServerPlace } from "./language-client.ts";
import { wasmTextScheme } from "./wasm-text-uri.ts";

/** The server in a process of its own; `module` is its bundle. */
export function serverProcess(module: string): ServerPlace {
  const execArgv = engineOptions(availableParallelism(), versions["electron"] !== undefined);
  return {
    // The same file may be shown under other schemes too, as it was in a commit: what is wrong there nobody can change.
    schemes: ["file", "untitled"],
    others: [{ language: "wat", scheme: wasmTextScheme }],
    startsGo: true,
    createClient: (id, name, options) =>
      new LanguageClient(
        id,
        name,
        {
          run: { module, transport: TransportKind.ipc, options: { execArgv } },
          debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6119"] } },
        },
        options,
      ),
  };
}
