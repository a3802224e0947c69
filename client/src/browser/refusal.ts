import { window } from "vscode";

/** Tells the user that `what`, the subject of the sentence, is not possible in a browser, and where it is. */
export function refuse(what: string): void {
  void window.showErrorMessage(`${what} needs Node.js, which VS Code in a browser does not have.`, {
    // A notification would hide the rest of the sentence.
    modal: true,
    detail:
      "Open this folder in VS Code on a desktop, or in a window that is connected to a machine: by a tunnel, SSH, a container or a codespace.",
  });
}
