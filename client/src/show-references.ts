/** Shows the places that a lens has counted. */
import { commands, type Disposable, type Location, Position, Uri } from "vscode";
import { type ShowReferences, showReferencesCommand } from "#core/contract/show-references.ts";

export function registerShowReferences(): Disposable {
  return commands.registerCommand(showReferencesCommand, async ({ uri, position }: ShowReferences) => {
    const file = Uri.parse(uri);
    const place = new Position(position.line, position.character);
    const found = await commands.executeCommand<Location[] | undefined>("vscode.executeReferenceProvider", file, place);
    await commands.executeCommand("editor.action.showReferences", file, place, found ?? []);
  });
}
