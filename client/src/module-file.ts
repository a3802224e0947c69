/** Which file a command is about. */
import { Uri, window, workspace } from "vscode";

/** File endings, with the dot. */
type Endings = readonly string[];

/**
 * The file that a command was given by a menu, else the one in the active editor, else one that the user picks from the workspace.
 * `undefined` where there is none, which the user has then been told, or has chosen.
 */
export async function moduleFile(given: unknown, endings: Endings): Promise<Uri | undefined> {
  if (given instanceof Uri) return given;
  const active = activeFile();
  if (active && hasEnding(active, endings)) return active;
  const names = endings.map((ending) => ending.slice(1)).join(",");
  const found = await workspace.findFiles(endings.length > 1 ? `**/*.{${names}}` : `**/*.${names}`, "**/node_modules/**", 500);
  if (found.length === 0) {
    void window.showErrorMessage(`There is no ${endings.join(" or ")} file in the workspace.`);
    return undefined;
  }
  const items = found.map((uri) => ({ label: workspace.asRelativePath(uri), uri })).sort((a, b) => a.label.localeCompare(b.label));
  const picked = await window.showQuickPick(items, { placeHolder: `Which ${endings.join(" or ")} file?` });
  return picked?.uri;
}

/** The file of the active editor, which need not be a text editor. */
export function activeFile(): Uri | undefined {
  const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
  if (typeof input === "object" && input !== null && "uri" in input && input.uri instanceof Uri) return input.uri;
  return window.activeTextEditor?.document.uri;
}

export function hasEnding(uri: Uri, endings: Endings): boolean {
  return endings.some((ending) => uri.path.toLowerCase().endsWith(ending));
}
