/** What is being written at an offset: the word before the cursor, what stands before that, and what is around it. */
import type { Span } from "#core/text/positions.ts";
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import type { FieldText } from "../field.ts";
import { Node, nodeStride } from "../node.ts";
import { firstInstruction, Token } from "../token.ts";
import { isIndex, lastTokenFrom, moduleOf, nodeWith } from "./place.ts";

export interface CursorPlace {
  readonly module: BoundModule | undefined;
  /** Place in the document of the field that is being written; its source. */
  readonly at: number;
  readonly source: FieldText;
  /** The word being written, up to the cursor; and its span, with what stands of it behind the cursor. */
  readonly prefix: string;
  readonly word: Span;
  /** The token before the word; -1 at the start of a field. */
  readonly before: number;
  /** Whether `(` is right before the word. */
  readonly isHead: boolean;
  /** The node around the word, whose own name is not the word. */
  readonly around: number;
  /** Node behind the last one that begins before the word and its `(`. */
  readonly nextNode: number;
}

const idCharacter = /[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]/;

/** `undefined` in strings and comments. */
export function cursorPlace(document: WatDocument, offset: number): CursorPlace | undefined {
  const { text } = document;
  let start = offset;
  while (start > 0 && offset - start < 200 && idCharacter.test(text[start - 1]!)) start--;
  let end = offset;
  while (end < text.length && end - offset < 200 && idCharacter.test(text[end]!)) end++;
  const at = document.fieldAt(Math.max(0, start - 1));
  if (isInText(document.fieldText(at), start) || isInText(document.fieldText(document.fieldAt(start)), start)) return undefined;
  const own = placeIn(document, document.fieldAt(start), start) ?? placeIn(document, at, start) ?? openBefore(document, at, start);
  const found = own ?? { at: document.fieldAt(start), before: -1 };
  const source = document.fieldText(found.at);
  const { field } = source;
  const isHead = found.before >= 0 && field.tags[found.before] === Token.leftParen && source.endOf(found.before) === start;
  const opening = isHead ? found.before : found.before + 1;
  return {
    module: moduleOf(document, found.at),
    at: found.at,
    source,
    prefix: text.slice(start, offset),
    word: { start, end },
    before: found.before,
    isHead,
    around: nodeAround(source, opening),
    nextNode: firstNodeFrom(source, opening),
  };
}

/** The place behind a token of a field; `undefined` where the offset is before its first or behind its last token. */
function placeIn(document: WatDocument, at: number, start: number): { readonly at: number; readonly before: number } | undefined {
  const { field, base } = document.fieldText(at);
  const before = lastTokenFrom(field, start - base - 1);
  if (before < 0) return undefined;
  const isBehind = before === field.tokenCount - 1 && field.tags[before] === Token.rightParen && field.kind !== Node.opening;
  return isBehind || field.kind === Node.opening ? undefined : { at, before };
}

/** The end of a field before an offset that lacks its `)`. */
function openBefore(document: WatDocument, at: number, start: number): { readonly at: number; readonly before: number } | undefined {
  for (let field = at; field >= Math.max(0, at - 1); field--) {
    const { problems, tokenCount, kind } = document.fields[field]!;
    if (tokenCount === 0 || kind === Node.opening || document.fieldText(field).endOf(tokenCount - 1) > start) continue;
    return problems.some(({ code }) => code === "unclosed-paren") ? { at: field, before: tokenCount - 1 } : undefined;
  }
  return undefined;
}

/** Whether an offset is inside a string, comment or annotation. */
function isInText({ field, base }: FieldText, offset: number): boolean {
  const local = offset - base;
  const token = lastTokenFrom(field, local - 1);
  const tag = field.tags[token];
  const isString = token >= 0 && (tag === Token.string || tag === Token.broken || tag === Token.quotedName);
  if (isString && field.spans[2 * token + 1]! > local) return true;
  for (let at = 0; at < field.trivia.length; at += 3) {
    const [kind = 0, start = 0, end = 0] = [field.trivia[at], field.trivia[at + 1], field.trivia[at + 2]];
    // A line comment goes on up to the end of its line.
    if (start < local && (local < end || (kind === 0 && local === end))) return true;
  }
  return false;
}

/** The innermost node that begins before a token, and does not end before it. */
function nodeAround(source: FieldText, token: number): number {
  const { field } = source;
  if (token <= 0) return 0;
  let node = nodeWith(field, Math.min(token, field.tokenCount - 1));
  while (
    node > 0 &&
    (field.firstToken(node) >= token || (field.endToken(node) <= token && isClosed(source, node)) || field.kindOf(node) === Node.error)
  )
    node = field.parentOf(node);
  return node;
}

function isClosed({ field }: FieldText, node: number): boolean {
  const first = field.tags[field.firstToken(node)];
  return first !== Token.leftParen || field.tags[field.endToken(node) - 1] === Token.rightParen;
}

function firstNodeFrom({ field }: FieldText, token: number): number {
  let low = 0;
  let high = field.nodeCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (field.nodes[middle * nodeStride + 1]! < token) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The instruction whose immediates are being written, and how many tokens of them stand before the word. */
export function instructionBefore({ source, before, isHead }: CursorPlace): { readonly word: number; readonly given: number } | undefined {
  if (isHead) return undefined;
  const { tags } = source.field;
  let token = before;
  while (token >= 0 && isImmediate(tags[token]!)) token--;
  return token >= 0 && tags[token]! >= firstInstruction ? { word: token, given: before - token } : undefined;
}

function isImmediate(tag: number): boolean {
  return isIndex(tag) || tag === Token.integer || tag === Token.float || tag === Token.offset || tag === Token.align;
}
