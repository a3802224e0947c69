/** The commands in a browser: a few work as they do elsewhere, the others say what they need. */
import { commands as registry, type ExtensionContext } from "vscode";
import { commands, type CommandName } from "#core/contract/commands.ts";
import { chooseGoTarget } from "../commands/choose-go-target.ts";
import type { Command, Services } from "../commands/command.ts";
import { restartServer } from "../commands/restart-server.ts";
import type { ServerConnection } from "../language-client.ts";
import { refuse } from "./refusal.ts";

type BrowserCommand = Command<Pick<Services, "server">>;

/** No menu offers these here, but a key binding or another extension may ask for them. */
function refused(name: CommandName): BrowserCommand {
  return async () => refuse(`"${commands[name].title}"`);
}

const handlers: Readonly<Record<CommandName, BrowserCommand>> = {
  "goWasm.buildWat": refused("goWasm.buildWat"),
  "goWasm.showWasmAsText": refused("goWasm.showWasmAsText"),
  "goWasm.run": refused("goWasm.run"),
  "goWasm.debug": refused("goWasm.debug"),
  "goWasm.chooseGoTarget": chooseGoTarget,
  "goWasm.writeDwarf": refused("goWasm.writeDwarf"),
  "goWasm.restartServer": restartServer,
};

export function registerBrowserCommands(context: ExtensionContext, server: ServerConnection): void {
  for (const name of Object.keys(commands) as CommandName[])
    context.subscriptions.push(registry.registerCommand(name, (given: unknown) => handlers[name]({ server }, given)));
}
