/** What Go files are checked, compiled and debugged for: shown in the status bar, chosen there. */
import { ConfigurationTarget, StatusBarAlignment, window, workspace, type Disposable, type StatusBarItem, type Uri } from "vscode";
import type { CommandName } from "#core/contract/commands.ts";
import { settings, type SettingValues } from "#core/contract/settings.ts";

export type GoTarget = SettingValues["go.target"];

const labels: Readonly<Record<GoTarget, string>> = {
  auto: "automatic",
  wasip1: "wasip1 command",
  "wasip1-reactor": "wasip1 reactor",
  js: "js",
  host: "host",
};

export interface GoTargetChoice {
  readonly target: GoTarget;
  readonly label: string;
  /** What the setting's documentation says of it. */
  readonly description: string;
}

export const goTargetChoices: readonly GoTargetChoice[] = settings["go.target"].enum.map((target, index) => ({
  target,
  label: labels[target],
  description: settings["go.target"].enumDescriptions[index]!.replaceAll("`", ""),
}));

/** What is set for a file; `undefined` for files of no folder. */
export function goTargetOf(uri: Uri | undefined): GoTarget {
  return workspace.getConfiguration("goWasm", uri).get<GoTarget>("go.target", "auto");
}

/** Stores the choice with the workspace; with the folder where there are several, with the user where there is none. */
export async function setGoTarget(uri: Uri | undefined, target: GoTarget): Promise<void> {
  await workspace.getConfiguration("goWasm", uri).update("go.target", target, settingsPlace(uri));
}

/** Where settings about the folder of a file are stored. */
export function settingsPlace(uri: Uri | undefined): ConfigurationTarget {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return ConfigurationTarget.Global;
  const isInFolder = uri !== undefined && workspace.getWorkspaceFolder(uri) !== undefined;
  return folders.length > 1 && isInFolder ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace;
}

/** Shows the target while a Go file is in the active editor. */
export class GoTargetItem implements Disposable {
  readonly #item: StatusBarItem;
  readonly #listeners: readonly Disposable[];

  constructor() {
    const command: CommandName = "goWasm.chooseGoTarget";
    this.#item = window.createStatusBarItem("goWasm.goTarget", StatusBarAlignment.Right, 90);
    this.#item.name = "Go WebAssembly Target";
    this.#item.command = command;
    this.#listeners = [
      window.onDidChangeActiveTextEditor(() => this.#show()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("goWasm.go.target")) this.#show();
      }),
    ];
    this.#show();
  }

  dispose(): void {
    this.#item.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  #show(): void {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== "go") {
      this.#item.hide();
      return;
    }
    const choice = goTargetChoices.find(({ target }) => target === goTargetOf(document.uri));
    this.#item.text = `$(target) Go: ${choice?.label ?? labels.auto}`;
    this.#item.tooltip = `Go WebAssembly checks and compiles for: ${choice?.label ?? labels.auto}. ${choice?.description ?? ""} Click to choose another target.`;
    this.#item.show();
  }
}
