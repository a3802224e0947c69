import { debug, workspace } from "vscode";
import { automaticConfiguration } from "../debug/automatic-configuration.ts";
import { moduleFile } from "../module-file.ts";
import { trusted } from "../trust.ts";
import type { Command } from "./command.ts";

/** Runs a module at full speed; its output goes to the Debug Console. */
export const runModule: Command = async ({ server }, given) => {
  if (!trusted("Running a module")) return;
  const file = await moduleFile(given, [".wasm", ".wat"]);
  const configuration = file && (await automaticConfiguration(file, server));
  if (!configuration) return;
  await debug.startDebugging(
    workspace.getWorkspaceFolder(file),
    { ...configuration, internalConsoleOptions: "openOnSessionStart" },
    { noDebug: true },
  );
};
