/** Quick fixes of lints, one by one and all at once. */
import { CodeActionKind } from "vscode-languageserver-types";
import type { CodeAction, TextEdit } from "vscode-languageserver-types";
import type { WatEdit } from "#core/wat/document.ts";
import type { LintCode } from "#core/wat/lints/finding.ts";
import { fixAll, lintsOf } from "#core/wat/lints/lints.ts";
import type { WatActionProvider } from "./action-provider.ts";
import type { WatRequest } from "./feature.ts";
import { lintDiagnostic } from "./lint-diagnostics.ts";

const fixAllKind = `${CodeActionKind.SourceFixAll}.goWasm`;

export const lintActions: WatActionProvider = (request, { range, context }) => {
  const { document, settings } = request;
  if (!settings["wat.diagnostics"]) return [];
  const isWanted = (code: LintCode): boolean => settings[`wat.lint.${code}`] !== "off";
  const start = document.lines.offsetAt(range.start);
  const end = document.lines.offsetAt(range.end);
  const actions = lintsOf(document, isWanted)
    .filter(({ span, fix }) => fix !== undefined && span.start <= end && span.end >= start)
    .slice(0, 20)
    .map((advice): CodeAction => {
      const diagnostic = lintDiagnostic(document, advice, settings);
      return {
        title: advice.fix!.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        edit: editOf(request, advice.fix!.edits),
      };
    });
  // Nobody who looks for a fix at one place means the whole file.
  const isAsked = context.only?.some((kind) => kind === CodeActionKind.Source || kind.startsWith(CodeActionKind.SourceFixAll)) === true;
  const all = isAsked ? fixAll(document, isWanted) : [];
  if (all.length > 0) actions.push({ title: "Fix all that is safe to fix", kind: fixAllKind, edit: editOf(request, all) });
  return actions;
};

function editOf({ document, uri }: WatRequest, edits: readonly WatEdit[]): NonNullable<CodeAction["edit"]> {
  const changes = edits.map(({ span, text }): TextEdit => ({ range: document.lines.rangeOf(span), newText: text }));
  return { changes: { [uri]: changes } };
}
