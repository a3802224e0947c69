/** Instructions that move from one function into another: their text, and whether both functions are right afterwards. */
import { FunctionCheck } from "../check/function.ts";
import { releaseStack } from "../check/body-context.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { innerNames } from "../features/inner-names.ts";
import { moduleOf } from "../features/place.ts";
import { InnerUse, innerUseStride } from "../field-notes.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag } from "../token.ts";

const returns: ReadonlySet<number> = new Set(["return", "return_call", "return_call_indirect", "return_call_ref"].map(instructionTag));

/** The text of some tokens with what is between them, and with other words in the place of some. */
export function rewrittenText(source: FieldText, first: number, end: number, words: ReadonlyMap<number, string>): string {
  const parts: string[] = [];
  let position = source.startOf(first);
  for (const [token, word] of Array.from(words).sort(([left], [right]) => left - right)) {
    parts.push(source.text.slice(position, source.startOf(token)), word);
    position = source.endOf(token);
  }
  parts.push(source.text.slice(position, source.endOf(end - 1)));
  return parts.join("");
}

/** Lines behind the first that begin with one indentation begin with another. */
export function indentedAs(text: string, before: string, after: string): string {
  return text.replaceAll(/([\r\n])([ \t]*)(?=\S)/g, (whole, line: string, own: string) =>
    own.startsWith(before) ? line + after + own.slice(before.length) : whole,
  );
}

/** Uses of locals among some nodes, as (token, kind, what is meant); `undefined` where control leaves the nodes by a branch or return. */
export function localUsesWithin(
  source: FieldText,
  first: number,
  end: number,
): readonly (readonly [token: number, kind: number, meant: number])[] | undefined {
  const { field } = source;
  for (let node = first; node < end; node++) {
    const kind = field.kindOf(node);
    if ((kind === Node.plain || kind === Node.folded) && returns.has(field.wordTag(node))) return undefined;
  }
  const from = field.firstToken(first);
  const to = lastToken(source, first, end);
  const found: (readonly [number, number, number])[] = [];
  const { uses } = innerNames(source);
  for (let at = 0; at < uses.length; at += innerUseStride) {
    const token = uses[at]!;
    const kind = uses[at + 1]!;
    const meant = uses[at + 2]!;
    if (token < from || token >= to) continue;
    if (kind === InnerUse.localByIndex || kind === InnerUse.localByName) found.push([token, kind, meant]);
    else if (kind !== InnerUse.labelRepeated && (meant < first || meant >= end)) return undefined;
  }
  return found;
}

/** Token behind the last one of the nodes from `first` up to `end`. */
function lastToken({ field }: FieldText, first: number, end: number): number {
  let last = field.endToken(first);
  for (let node = first; node < end; node = field.nodeEnd(node)) last = field.endToken(node);
  return last;
}

/** The document after edits that all count in its text. */
export function afterEdits(document: WatDocument, edits: readonly WatEdit[]): WatDocument {
  return document.edit([...edits].sort((left, right) => right.span.start - left.span.start));
}

/** Whether the functions in some fields of a document have nothing wrong. */
export function areRight(document: WatDocument, places: readonly number[]): boolean {
  const isRight = places.every((at) => {
    const module = moduleOf(document, at);
    const source = document.fieldText(at);
    if (module === undefined || source.field.kind !== Node.funcField || source.field.problems.length > 0) return false;
    return new FunctionCheck(source, document.viewOf(module)).run(Number.POSITIVE_INFINITY)?.problems.length === 0;
  });
  releaseStack();
  return isRight;
}
