/** Quick fixes of misspelled words and names. */
import { CodeActionKind } from "vscode-languageserver-types";
import type { CodeAction } from "vscode-languageserver-types";
import { spellingFixes } from "#core/wat/features/spelling.ts";
import type { WatActionProvider } from "./action-provider.ts";

export const spellingActions: WatActionProvider = ({ document, uri }, { range, context }) => {
  const { lines } = document;
  const start = lines.offsetAt(range.start);
  const end = lines.offsetAt(range.end);
  return document
    .problems()
    .filter(({ span }) => span.start <= end && span.end >= start)
    .slice(0, 20)
    .flatMap((problem) =>
      spellingFixes(document, problem).map(({ title, span, text, isSure }): CodeAction => {
        const place = lines.rangeOf(problem.span);
        const diagnostics = context.diagnostics.filter(
          (shown) =>
            shown.code === problem.code &&
            shown.range.start.line === place.start.line &&
            shown.range.start.character === place.start.character,
        );
        const edit = { changes: { [uri]: [{ range: lines.rangeOf(span), newText: text }] } };
        return { title, kind: CodeActionKind.QuickFix, diagnostics, edit, ...(isSure ? { isPreferred: true } : {}) };
      }),
    );
};
