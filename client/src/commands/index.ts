/** The commands by name: the table in `core/contract/commands.ts` says which there are, and each has a file here. */
import { commands as registry, type ExtensionContext } from "vscode";
import { commands, type CommandName } from "#core/contract/commands.ts";
import { buildWat, forgetProblemsOnEdit } from "./build-wat.ts";
import { chooseGoTarget } from "./choose-go-target.ts";
import type { Command, Services } from "./command.ts";
import { debugModule } from "./debug-module.ts";
import { restartServer } from "./restart-server.ts";
import { runModule } from "./run-module.ts";
import { showWasmAsText } from "./show-wasm-as-text.ts";
import { writeDwarf } from "./write-dwarf.ts";

export const handlers: Readonly<Record<CommandName, Command>> = {
  "goWasm.buildWat": buildWat,
  "goWasm.showWasmAsText": showWasmAsText,
  "goWasm.run": runModule,
  "goWasm.debug": debugModule,
  "goWasm.chooseGoTarget": chooseGoTarget,
  "goWasm.writeDwarf": writeDwarf,
  "goWasm.restartServer": restartServer,
};

export function registerCommands(context: ExtensionContext, services: Services): void {
  for (const name of Object.keys(commands) as CommandName[]) {
    context.subscriptions.push(registry.registerCommand(name, (given: unknown) => handlers[name](services, given)));
  }
  context.subscriptions.push(forgetProblemsOnEdit(services.buildProblems));
}
