import { WatDocument } from "#core/wat/document.ts";
import { defaultFormat } from "#core/wat/format/options.ts";
import type { OfferedChange, Refactor } from "#core/wat/refactor/refactoring.ts";
import { applied } from "../lints/apply.ts";

/** What is offered at the `|` in a text, or for what is between two of them. */
export function offers(
  refactor: Refactor,
  marked: string,
  isInvoked = true,
): { readonly text: string; readonly changes: readonly OfferedChange[] } {
  const start = marked.indexOf("|");
  const text = marked.replaceAll("|", "");
  const second = marked.indexOf("|", start + 1);
  const selection = { start, end: second < 0 ? start : second - 1 };
  const document = WatDocument.open(text, "wat");
  return { text, changes: refactor({ document, selection, options: defaultFormat, isInvoked }) };
}

/** The text after each change that is offered, by title. */
export function results(refactor: Refactor, marked: string): Record<string, string> {
  const { text, changes } = offers(refactor, marked);
  return Object.fromEntries(changes.map(({ title, edits }) => [title, applied(text, edits)]));
}

/** The text after the only change, or after the one whose title has a part. */
export function result(refactor: Refactor, marked: string, title = ""): string {
  const found = Object.entries(results(refactor, marked)).filter(([name]) => name.includes(title));
  if (found.length !== 1) throw new Error(`${found.length} offers: ${JSON.stringify(found)}`);
  return found[0]![1];
}
