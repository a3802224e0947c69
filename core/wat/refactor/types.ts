/** Refactorings of types as they are written: short and long reference types, `(param i32 i64)` in one and in several. */
import { longForms } from "../definitions.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { nodeWith, tokenAt } from "../features/place.ts";
import { typesIn } from "../features/inner-names.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { Word } from "../token.ts";
import { textOf } from "./unfold.ts";

/** A change that leaves the encoded bytes as they are. */
export interface Refactoring {
  readonly title: string;
  readonly edit: WatEdit;
}

const shortForms: ReadonlyMap<string, number> = new Map(Array.from(longForms, ([short, heap]) => [heap, short]));

const lists: ReadonlySet<number> = new Set([Node.param, Node.result, Node.local, Node.structField]);

/** What can be rewritten at a UTF-16 offset. */
export function typeRefactorings(document: WatDocument, offset: number): Refactoring[] {
  const place = tokenAt(document, offset);
  if (place === undefined || place.source.field.problems.length > 0) return [];
  const { source, token } = place;
  const { field } = source;
  const node = nodeWith(field, token);
  const found: Refactoring[] = [];
  const heap = longForms.get(field.tags[token]!);
  if (heap !== undefined) {
    const edit = { span: source.tokenSpan(token), text: `(ref null ${heap})` };
    found.push({ title: `Write \`${source.tokenText(token)}\` as \`${edit.text}\``, edit });
  }
  const short = field.kindOf(node) === Node.refType ? shortForm(source, node) : undefined;
  if (short !== undefined) found.push({ title: `Write it as \`${short}\``, edit: { span: source.nodeSpan(node), text: short } });
  const list = lists.has(field.kindOf(node)) ? node : field.parentOf(node);
  if (lists.has(field.kindOf(list)) && !hasComments(source, list)) found.push(...split(source, list), ...joinNext(source, list));
  return found;
}

/** `(ref null func)` as `funcref`. */
function shortForm(source: FieldText, node: number): string | undefined {
  const { field } = source;
  const first = field.firstToken(node);
  if (field.tags[first + 2] !== Word.null || field.endToken(node) !== first + 5) return undefined;
  const short = shortForms.get(source.tokenText(first + 3));
  return short === undefined ? undefined : Object.keys(Word).find((word) => Word[word as Word] === short);
}

function hasComments({ field }: FieldText, node: number): boolean {
  const start = field.spans[2 * field.firstToken(node)]!;
  const end = field.spans[2 * field.endToken(node) - 1]!;
  return field.trivia.some((offset, at) => at % 3 === 1 && offset > start && offset < end);
}

function split(source: FieldText, node: number): Refactoring[] {
  const { field } = source;
  const types = typesIn(field, node);
  if (types.length < 2 || field.nameToken(node) !== undefined) return [];
  const word = source.tokenText(field.wordToken(node));
  const text = types.map(([first, end]) => `(${word} ${textOf(source, first, end)})`).join(" ");
  return [{ title: `Give each type its own \`(${word} ...)\``, edit: { span: source.nodeSpan(node), text } }];
}

/** Joins a list without a name and those of its kind behind it. */
function joinNext(source: FieldText, node: number): Refactoring[] {
  const { field } = source;
  const kind = field.kindOf(node);
  const end = field.nodeEnd(field.parentOf(node));
  const types: string[] = [];
  let last = node;
  let count = 0;
  for (let next = node; next < end && field.kindOf(next) === kind && field.nameToken(next) === undefined; next = field.nodeEnd(next)) {
    // Comments between them would be lost.
    if (
      hasComments(source, next) ||
      (count > 0 && field.trivia.some((at, index) => index % 3 === 1 && isBetween(field.spans, at, last, next, field)))
    )
      break;
    for (const [first, behind] of typesIn(field, next)) types.push(textOf(source, first, behind));
    last = next;
    count++;
  }
  if (count < 2) return [];
  const word = source.tokenText(field.wordToken(node));
  const span = { start: source.nodeSpan(node).start, end: source.nodeSpan(last).end };
  return [{ title: `Join with the \`(${word} ...)\` behind it`, edit: { span, text: `(${word} ${types.join(" ")})` } }];
}

function isBetween(spans: Uint32Array, offset: number, before: number, behind: number, field: FieldText["field"]): boolean {
  return offset >= spans[2 * field.endToken(before) - 1]! && offset < spans[2 * field.firstToken(behind)]!;
}
