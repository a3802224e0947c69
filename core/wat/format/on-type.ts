/** Where a line begins that is being typed: by what is open before it, since the field it is in mostly does not parse yet. */
import type { WatDocument, WatEdit } from "../document.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import type { FormatOptions } from "./options.ts";

const opening = new Set(["block", "loop", "if", "try", "try_table"].map(instructionTag));
const closing = new Set(["end", "else", "catch", "catch_all"].map(instructionTag));
const endTag = instructionTag("end");

/** The change that indents the line with an offset. `undefined` where the line is in a comment, or right as it is. */
export function indentLine(document: WatDocument, offset: number, { indentWidth, useTabs }: FormatOptions): WatEdit | undefined {
  const { text, lines } = document;
  const start = lines.lineStart(lines.lineAt(offset));
  let end = start;
  while (end < text.length && isBlank(text.charCodeAt(end))) end++;
  const source = sourceBefore(document, start);
  if (isInComment(source, start)) return undefined;
  const opener = openerBefore(document, source, start);
  let wanted = "";
  if (opener !== undefined) {
    const lineStart = lines.lineStart(lines.lineAt(opener));
    const outside = /^[ \t]*/.exec(text.slice(lineStart, opener))![0];
    wanted = closesAt(document, end) ? outside : outside + (useTabs ? "\t" : " ".repeat(indentWidth));
  }
  return wanted === text.slice(start, end) ? undefined : { span: { start, end }, text: wanted };
}

const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x09;

/** The piece of the last token before an offset, or of the comment around it. */
function sourceBefore(document: WatDocument, offset: number): FieldText {
  let at = document.fieldAt(offset);
  const hasTokenBefore = (source: FieldText): boolean => source.field.tokenCount > 0 && source.startOf(0) < offset;
  while (at > 0 && !hasTokenBefore(document.fieldText(at)) && !isInComment(document.fieldText(at), offset)) at--;
  return document.fieldText(at);
}

function isInComment({ field, base }: FieldText, offset: number): boolean {
  for (let at = 0; at < field.trivia.length; at += 3)
    if (base + field.trivia[at + 1]! < offset && offset < base + field.trivia[at + 2]!) return true;
  return false;
}

/** Offset of what is open before an offset: a parenthesis, a flat block, or the module. */
function openerBefore(document: WatDocument, source: FieldText, offset: number): number | undefined {
  const open: number[] = [];
  const { tags, tokenCount } = source.field;
  for (let token = 0; token < tokenCount && source.startOf(token) < offset; token++) {
    const tag = tags[token]!;
    const isFolded = tags[token - 1] === Token.leftParen;
    if (tag === Token.leftParen || (!isFolded && opening.has(tag))) open.push(token);
    else if (tag === endTag) {
      if (opening.has(tags[open[open.length - 1] ?? tokenCount]!)) open.pop();
    } else if (tag === Token.rightParen) {
      // A parenthesis ends the blocks in it that lack their `end`.
      while (open.length > 0 && tags[open.pop()!] !== Token.leftParen);
    }
  }
  const last = open[open.length - 1];
  return last === undefined ? moduleBefore(document, offset) : source.startOf(last);
}

function moduleBefore(document: WatDocument, offset: number): number | undefined {
  const openings: number[] = [];
  const { fields, starts } = document;
  for (let at = 0; at < fields.length && starts[at]! < offset; at++) {
    const { kind, tokenCount } = fields[at]!;
    if (kind === Node.opening) openings.push(at);
    else if (kind === Node.closing && tokenCount > 0 && document.fieldText(at).startOf(0) < offset) openings.pop();
  }
  const last = openings[openings.length - 1];
  return last === undefined ? undefined : document.fieldText(last).startOf(0);
}

/** Whether a token at an offset ends what is open before it. */
function closesAt(document: WatDocument, offset: number): boolean {
  const source = document.fieldText(document.fieldAt(offset));
  let low = 0;
  let high = source.field.tokenCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (source.startOf(middle) < offset) low = middle + 1;
    else high = middle;
  }
  if (low >= source.field.tokenCount || source.startOf(low) !== offset) return false;
  const tag = source.field.tags[low]!;
  return tag === Token.rightParen || closing.has(tag);
}
