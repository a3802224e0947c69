/** Quick fixes of problems: misspelled words and names, and what `core/wat/refactor/fixes` knows. */
import { CodeActionKind } from "vscode-languageserver-types";
import type { CodeAction } from "vscode-languageserver-types";
import type { WatDocument, WatProblem } from "#core/wat/document.ts";
import { spellingFixes } from "#core/wat/features/spelling.ts";
import { problemFixes } from "#core/wat/refactor/fixes/index.ts";
import type { ProblemFix } from "#core/wat/refactor/fixes/problem-fix.ts";
import type { WatActionProvider } from "./action-provider.ts";

export const problemActions: WatActionProvider = ({ document, uri }, { range, context }) => {
  const { lines } = document;
  const start = lines.offsetAt(range.start);
  const end = lines.offsetAt(range.end);
  return document
    .problems()
    .filter(({ span }) => span.start <= end && span.end >= start)
    .slice(0, 20)
    .flatMap((problem) =>
      fixesOf(document, problem).map(({ title, edits, isSure }): CodeAction => {
        const place = lines.rangeOf(problem.span);
        const diagnostics = context.diagnostics.filter(
          (shown) =>
            shown.code === problem.code &&
            shown.range.start.line === place.start.line &&
            shown.range.start.character === place.start.character,
        );
        const edit = { changes: { [uri]: edits.map(({ span, text }) => ({ range: lines.rangeOf(span), newText: text })) } };
        return { title, kind: CodeActionKind.QuickFix, diagnostics, edit, ...(isSure ? { isPreferred: true } : {}) };
      }),
    );
};

function fixesOf(document: WatDocument, problem: WatProblem): ProblemFix[] {
  const spelling = spellingFixes(document, problem).map(({ title, span, text, isSure }) => ({ title, edits: [{ span, text }], isSure }));
  return [...spelling, ...problemFixes(document, problem)];
}
