/** The extension's entry in VS Code in a browser, without a machine behind it: what works on open texts works, nothing is built or run. */
import { commands, type ExtensionContext, Uri } from "vscode";
import { GoTargetItem } from "../go-target.ts";
import { ServerConnection } from "../language-client.ts";
import { registerShowReferences } from "../show-references.ts";
import { registerBrowserCommands } from "./commands.ts";
import { refuseDebugging } from "./debugging.ts";
import { serverWorker } from "./server-worker.ts";

let server: ServerConnection | undefined;

export function activate(context: ExtensionContext): void {
  server = new ServerConnection(serverWorker(Uri.joinPath(context.extensionUri, "dist/browser/server.js")));
  context.subscriptions.push(server, new GoTargetItem(), registerShowReferences(), refuseDebugging());
  registerBrowserCommands(context, server);
  // Menus leave out what is not possible here; what the window itself knows of the browser does not say where its extensions run.
  void commands.executeCommand("setContext", "goWasm.inBrowser", true);
  server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
