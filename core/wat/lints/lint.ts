/** What a lint is, advice about text that is right, and what lints share. */
import type { FieldText } from "../field.ts";
import type { LintEdit, LintFinding } from "./finding.ts";

/** Tokens of a field beyond which nobody has written it, or reads advice about it; each keystroke in it would wait for that. */
export const mostTokens = 200_000;

/** A lint of what a field shows by itself, whatever else is in the module. */
export type FieldLint = (source: FieldText) => readonly LintFinding[];

/** Start and end of some tokens, as findings and edits have them. */
export function tokensSpan({ field }: FieldText, first: number, end: number): { readonly start: number; readonly end: number } {
  return { start: field.spans[2 * first]!, end: field.spans[2 * end - 1]! };
}

/** Removes tokens together with the white space before them. Comments there stay. */
export function removal(source: FieldText, first: number, end: number): LintEdit {
  const { field } = source;
  const { text } = field;
  const span = tokensSpan(source, first, end);
  let start = span.start;
  const least = first === 0 ? start : field.spans[2 * first - 1]!;
  while (start > least && /\s/.test(text[start - 1]!)) start--;
  // Behind a line comment the next token needs a line of its own.
  const isBehindComment = start > least && field.trivia.some((offset, at) => at % 3 === 2 && offset === start);
  const next = text[span.end];
  const isApart = next === undefined || /[\s()]/.test(next);
  return { start: isBehindComment ? span.start : start, end: span.end, text: isApart ? "" : " " };
}

/** The part of a text that stands for a name in messages. */
export function nameIn(source: FieldText, token: number): string {
  const written = source.tokenText(token);
  return written.length > 60 ? `${written.slice(0, 60)}...` : written;
}
