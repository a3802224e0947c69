import { defaultSettings } from "#core/contract/settings.ts";
import type { WatDocument } from "#core/wat/document.ts";
import { lintsOf } from "#core/wat/lints/lints.ts";
import type { Finding } from "./finding.ts";

/** What is wrong with a `.wat` or `.wast` text. */
export function watFindings(file: string, document: WatDocument): Finding[] {
  return document.problems().map(({ code, message, span, related, isWarning }) => ({
    file,
    range: document.lines.rangeOf(span),
    severity: isWarning ? "warning" : "error",
    source: "wat",
    code,
    message,
    related: (related ?? []).map((other) => ({ file, range: document.lines.rangeOf(other.span), message: other.message })),
  }));
}

/** Advice about a text that is right, at the levels that the editor has by default. */
export function watLints(file: string, document: WatDocument): Finding[] {
  const levels = defaultSettings();
  return lintsOf(document, (code) => levels[`wat.lint.${code}`] !== "off").map(({ code, message, span }) => {
    const level = levels[`wat.lint.${code}`];
    const severity = level === "off" ? "hint" : level;
    return { file, range: document.lines.rangeOf(span), severity, source: "wat", code, message, related: [] };
  });
}
