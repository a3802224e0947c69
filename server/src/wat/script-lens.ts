/** How scripts are run from the editor: a lens that runs and sums up, a mark behind each command, and what failed. */
import { DiagnosticSeverity, InlayHintKind } from "vscode-languageserver-types";
import type { CodeLens, Diagnostic, InlayHint, Range } from "vscode-languageserver-types";
import type { WatDocument } from "#core/wat/document.ts";
import { Node } from "#core/wat/node.ts";
import type { StepOutcome, StepState } from "../scripts/script-jobs.ts";
import { pageOf } from "./diagnostics.ts";

/** Runs a script's assertions; its argument is the URI of the document. */
export const runAssertionsCommand = "goWasm.runAssertions";

/** `outcomes` of the last run that still hold; `isRunning` while there is one. */
export function scriptLenses(document: WatDocument, uri: string, outcomes: readonly StepOutcome[], isRunning: boolean): CodeLens[] {
  const first = document.fields.findIndex(({ kind }) => kind === Node.command || kind === Node.opening);
  if (document.kind !== "wast" || first < 0) return [];
  const range = firstToken(document, first);
  const run = { range, command: { title: isRunning ? "running…" : "run assertions", command: runAssertionsCommand, arguments: [uri] } };
  const summary = summaryOf(outcomes);
  return summary === undefined ? [run] : [run, { range, command: { title: summary, command: "" } }];
}

const summaryWords: readonly (readonly [state: StepState, words: string])[] = [
  ["passed", "passed"],
  ["failed", "failed"],
  ["unsupported", "not known to this engine"],
  ["skipped", "not run"],
];

function summaryOf(outcomes: readonly StepOutcome[]): string | undefined {
  const parts = summaryWords.flatMap(([state, words]) => {
    const count = outcomes.reduce((sum, outcome) => (outcome.state === state ? sum + 1 : sum), 0);
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return parts.length === 0 ? undefined : parts.join(", ");
}

const marks: Readonly<Record<StepState, string>> = { passed: "✓", failed: "✗", unsupported: "?", skipped: "–" };

/** A mark behind each command of a range that was run. */
export function scriptHints(document: WatDocument, outcomes: readonly StepOutcome[], range: Range): InlayHint[] {
  return outcomes.flatMap(({ at, state, message }) => {
    const position = document.lines.positionAt(endOffset(document, at));
    if (position.line < range.start.line || position.line > range.end.line) return [];
    const hint: InlayHint = {
      position,
      label: state === "failed" && message !== undefined ? `${marks.failed} ${message}` : marks[state],
      kind: InlayHintKind.Type,
      paddingLeft: true,
    };
    return [message === undefined ? hint : { ...hint, tooltip: message }];
  });
}

/** Failed commands. They are no mistakes of the text, so they are for information. */
export function scriptDiagnostics(document: WatDocument, outcomes: readonly StepOutcome[]): Diagnostic[] {
  return outcomes
    .filter(({ state }) => state === "failed")
    .slice(0, 1000)
    .map(({ at, message = "" }) => ({
      range: firstToken(document, at),
      severity: DiagnosticSeverity.Information,
      source: "wat",
      code: "failed-assertion",
      codeDescription: { href: pageOf("failed-assertion") },
      message,
    }));
}

/** The word behind the `(` with which a field begins. */
function firstToken(document: WatDocument, at: number): Range {
  const source = document.fieldText(at);
  return document.lines.rangeOf(source.tokenSpan(Math.min(1, source.field.tokenCount - 1)));
}

/** Offset behind the last token of a command, or of an assertion's or module's first line. */
function endOffset(document: WatDocument, at: number): number {
  const source = document.fieldText(at);
  return source.endOf(source.field.tokenCount - 1);
}
