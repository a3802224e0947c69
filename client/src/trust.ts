import { window, workspace } from "vscode";

/**
 * Whether the workspace is trusted. Where it is not, the user is told that `doing` (such as "Running a module") is refused, and how
 * to allow it. VS Code itself guards F5, but not commands.
 */
export function trusted(doing: string): boolean {
  if (workspace.isTrusted) return true;
  void window.showErrorMessage(
    `${doing} is not allowed in Restricted Mode. Trust this workspace to allow it (command "Workspaces: Manage Workspace Trust").`,
  );
  return false;
}
