import type { WatDocument } from "#core/wat/document.ts";
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
