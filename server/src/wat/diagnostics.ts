/** Diagnostics of a WAT document. */
import { DiagnosticSeverity } from "vscode-languageserver-types";
import type { Diagnostic } from "vscode-languageserver-types";
import type { WatDocument, WatProblem } from "#core/wat/document.ts";
import { spellingFixes } from "#core/wat/features/spelling.ts";

const pages = "https://github.com/go-wasm/vscode-go-wasm/blob/main/docs/diagnostics";

/** Address of the page about a code. */
export function pageOf(code: string): string {
  return `${pages}/${code}.md`;
}

/** `uri` is the document's; without it related places cannot be told. */
export function watDiagnostics(document: WatDocument, uri?: string): Diagnostic[] {
  let asked = 0;
  return document.problems().map((problem) => {
    const diagnostic = diagnosticOf(document, problem, uri);
    if (!problem.code.startsWith("unknown-") || ++asked > guesses) return diagnostic;
    const near = spellingFixes(document, problem).filter(({ isToday }) => !isToday);
    if (near.length === 0) return diagnostic;
    const words = near.map(({ text }) => `\`${text}\``).join(" or ");
    return { ...diagnostic, message: `${problem.message} Did you mean ${words}?` };
  });
}

/** To look for likely names takes a while, and who has many such mistakes has made another one. */
const guesses = 20;

function diagnosticOf(document: WatDocument, { code, message, span, related, isWarning }: WatProblem, uri: string | undefined): Diagnostic {
  const diagnostic: Diagnostic = {
    range: document.lines.rangeOf(span),
    severity: isWarning ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
    source: "wat",
    code,
    codeDescription: { href: pageOf(code) },
    message,
  };
  if (related === undefined || uri === undefined) return diagnostic;
  return {
    ...diagnostic,
    relatedInformation: related.map((other) => ({
      location: { uri, range: document.lines.rangeOf(other.span) },
      message: other.message,
    })),
  };
}
