import { commands, window, workspace, type DebugConfiguration, type DebugConfigurationProvider, type WorkspaceFolder } from "vscode";
import { checkLaunchArguments } from "#core/contract/launch-attributes.ts";
import type { ServerConnection } from "../language-client.ts";
import { activeFile, hasEnding, moduleFile } from "../module-file.ts";
import { automaticConfiguration } from "./automatic-configuration.ts";
import { goPackageConfiguration } from "./go-package.ts";

const endings = [".wasm", ".wat"];

/** Fills what F5 has no launch.json for, and checks what launch.json says before an adapter is started. */
export function configurationProvider(server: ServerConnection): DebugConfigurationProvider {
  return {
    async resolveDebugConfiguration(_folder, configuration) {
      if (configuration.program !== undefined || configuration.request !== undefined) return configuration;
      // F5 without launch.json: with a `.wat` in the editor VS Code comes here by itself, else the user has picked our debugger.
      const active = activeFile();
      if (active?.scheme === "file" && hasEnding(active, [".go"])) return { ...configuration, ...goPackageConfiguration(active, "wasm") };
      const file = active && hasEnding(active, endings) ? active : await moduleFile(undefined, endings);
      const automatic = file && (await automaticConfiguration(file, server));
      return automatic && { ...configuration, ...automatic };
    },
    resolveDebugConfigurationWithSubstitutedVariables: (folder, configuration) => checked(folder, configuration),
  };
}

async function checked(folder: WorkspaceFolder | undefined, configuration: DebugConfiguration): Promise<DebugConfiguration | undefined> {
  const problems = checkLaunchArguments(configuration);
  if (configuration.request !== "launch") problems.push('attribute "request" must be "launch"');
  // A script as the host loads its own modules.
  if (configuration.program === undefined && configuration.host === undefined)
    problems.push('launch attribute "program" is missing: the path of a .wasm or .wat file, or of a Go package');
  if (problems.length > 0) {
    const open = "Open launch.json";
    const answer = await window.showErrorMessage(`Cannot debug "${configuration.name}": ${problems.join("; ")}.`, { modal: true }, open);
    if (answer === open) await commands.executeCommand("workbench.action.debug.configure");
    return undefined;
  }
  const runtime = workspace.getConfiguration("goWasm", folder).get<string>("debug.runtimeExecutable");
  return {
    ...configuration,
    ...(configuration.runtimeExecutable === undefined && runtime ? { runtimeExecutable: runtime } : {}),
    workspaceFolders:
      configuration.workspaceFolders ??
      (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath),
  };
}
