/** The extension's entry on Node: puts its parts together, and knows nothing else. */
import { languages, type ExtensionContext } from "vscode";
import { registerCommands } from "./commands/index.ts";
import { registerDebugging } from "./debug/register.ts";
import { GoTargetItem } from "./go-target.ts";
import { ServerConnection } from "./language-client.ts";
import { serverProcess } from "./server-process.ts";
import { registerShowReferences } from "./show-references.ts";
import { WasmTexts } from "./wasm-texts.ts";

let server: ServerConnection | undefined;

export function activate(context: ExtensionContext): void {
  server = new ServerConnection(serverProcess(context.asAbsolutePath("dist/server.cjs")));
  const wasmTexts = new WasmTexts(server);
  const buildProblems = languages.createDiagnosticCollection("wabt");
  context.subscriptions.push(server, wasmTexts, buildProblems, new GoTargetItem(), registerShowReferences());
  registerCommands(context, { server, wasmTexts, buildProblems });
  registerDebugging(context, server);
  server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
