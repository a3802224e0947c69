/** Refactorings at the cursor. None of them changes the module that the text means. */
import { CodeActionKind, CodeActionTriggerKind } from "vscode-languageserver-types";
import type { CodeAction } from "vscode-languageserver-types";
import type { WatEdit } from "#core/wat/document.ts";
import { Node } from "#core/wat/node.ts";
import { rewriteFunction } from "#core/wat/refactor/instruction-form.ts";
import { refactorings } from "#core/wat/refactor/refactorings.ts";
import { typeRefactorings } from "#core/wat/refactor/types.ts";
import type { WatActionProvider } from "./action-provider.ts";
import { optionsOf } from "./formatting.ts";

const kinds = {
  rewrite: CodeActionKind.RefactorRewrite,
  extract: CodeActionKind.RefactorExtract,
  inline: CodeActionKind.RefactorInline,
} as const;

export const refactorActions: WatActionProvider = ({ document, uri, settings }, { range, context }) => {
  const isAsked = context.only?.some((only) => only === "" || only.split(".")[0] === CodeActionKind.Refactor) ?? true;
  if (!isAsked) return [];
  const offset = document.lines.offsetAt(range.start);
  const action = (title: string, edits: readonly WatEdit[], kind: keyof typeof kinds = "rewrite"): CodeAction => ({
    title,
    kind: kinds[kind],
    edit: { changes: { [uri]: edits.map(({ span, text }) => ({ range: document.lines.rangeOf(span), newText: text })) } },
  });
  const actions = typeRefactorings(document, offset).map(({ title, edit }) => action(title, [edit]));
  const options = optionsOf(settings, indentationOf(document.text));
  const selection = { start: offset, end: document.lines.offsetAt(range.end) };
  const isInvoked = context.triggerKind !== CodeActionTriggerKind.Automatic;
  for (const refactor of refactorings)
    for (const { title, kind, edits } of refactor({ document, selection, options, isInvoked })) actions.push(action(title, edits, kind));
  const at = document.fieldAt(offset);
  if (document.fields[at]?.kind !== Node.funcField) return actions;
  const folded = rewriteFunction(document, at, "folded", options);
  if (folded !== undefined) actions.push(action("Fold the instructions of this function", [folded]));
  const flat = rewriteFunction(document, at, "flat", options);
  if (flat !== undefined) actions.push(action("Make the instructions of this function flat", [flat]));
  return actions;
};

/** The indentation of the first line that has one, since a request for actions does not tell the editor's. */
function indentationOf(text: string): { readonly tabSize: number; readonly insertSpaces: boolean } {
  const [, found = "  "] = /^([ \t]+)\S/m.exec(text.slice(0, 10_000)) ?? [];
  return { tabSize: found.startsWith("\t") ? 4 : Math.min(found.length, 8), insertSpaces: !found.startsWith("\t") };
}
