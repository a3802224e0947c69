/** Advice about WebAssembly text, as diagnostics. */
import { DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import type { Diagnostic } from "vscode-languageserver-types";
import type { SettingValues } from "#core/contract/settings.ts";
import type { WatDocument } from "#core/wat/document.ts";
import type { LintCode, WatAdvice } from "#core/wat/lints/finding.ts";
import { lintsOf } from "#core/wat/lints/lints.ts";

const page = "https://github.com/go-wasm/vscode-go-wasm/blob/main/docs/wat-lints.md";

const severities = {
  hint: DiagnosticSeverity.Hint,
  information: DiagnosticSeverity.Information,
  warning: DiagnosticSeverity.Warning,
  error: DiagnosticSeverity.Error,
} as const;

const unnecessary: ReadonlySet<LintCode> = new Set<LintCode>([
  "unused",
  "unused-local",
  "unused-parameter",
  "unused-label",
  "unread-local",
  "unreachable-code",
  "needless-try-table",
  "useless-catch",
  "empty-block",
]);

export function lintDiagnostics(document: WatDocument, values: SettingValues): Diagnostic[] {
  return lintsOf(document, (code) => values[`wat.lint.${code}`] !== "off").map((advice) => lintDiagnostic(document, advice, values));
}

export function lintDiagnostic(document: WatDocument, { code, message, span }: WatAdvice, values: SettingValues): Diagnostic {
  const level = values[`wat.lint.${code}`];
  const diagnostic: Diagnostic = {
    range: document.lines.rangeOf(span),
    severity: level === "off" ? DiagnosticSeverity.Hint : severities[level],
    source: "wat",
    code,
    codeDescription: { href: `${page}#${code}` },
    message,
  };
  if (code === "deprecated") return { ...diagnostic, tags: [DiagnosticTag.Deprecated] };
  return unnecessary.has(code) ? { ...diagnostic, tags: [DiagnosticTag.Unnecessary] } : diagnostic;
}
