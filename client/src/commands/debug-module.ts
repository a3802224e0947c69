import { debug, workspace } from "vscode";
import { automaticConfiguration } from "../debug/automatic-configuration.ts";
import { moduleFile } from "../module-file.ts";
import { trusted } from "../trust.ts";
import type { Command } from "./command.ts";

/** Debugs a module without a launch.json. */
export const debugModule: Command = async ({ server }, given) => {
  if (!trusted("Debugging a module")) return;
  const file = await moduleFile(given, [".wasm", ".wat"]);
  const configuration = file && (await automaticConfiguration(file, server));
  if (configuration) await debug.startDebugging(workspace.getWorkspaceFolder(file), configuration);
};
