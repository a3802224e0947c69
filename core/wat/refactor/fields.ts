/** Fields that refactorings add and remove, and how these lie in the lines of a text. All offsets are UTF-16 units from its start. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { moduleOf } from "../features/place.ts";
import type { FieldText, Space } from "../field.ts";
import { Trivia } from "../lexer.ts";
import { removal } from "../lints/lint.ts";
import { Node } from "../node.ts";
import { Token } from "../token.ts";

/** The module of a field that can be rewritten: nothing in it that was not read, and no syntax error in the field. */
export function moduleToRewrite(document: WatDocument, at: number): BoundModule | undefined {
  const module = moduleOf(document, at);
  const isRead = module?.isWhole === true && document.fields[at]!.problems.length === 0 && module.names.problems.length === 0;
  return isRead && !module.isRejected ? module : undefined;
}

const definitions: ReadonlySet<number> = new Set([Node.funcField, Node.tableField, Node.memoryField, Node.globalField, Node.tagField]);

/** Whether a field defines something that can be exported and imported. */
export function isDefinition(kind: number): boolean {
  return definitions.has(kind);
}

/** The white space at the start of the line that has an offset. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === " " || text[end] === "\t") end++;
  return text.slice(start, Math.min(end, Math.max(offset, start)));
}

/** The white space before an offset where nothing else stands before it in its line; `undefined` where something does. */
export function ownIndentation(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  const isFirst = start === 0 || text[start - 1] === "\n" || text[start - 1] === "\r";
  return isFirst ? text.slice(start, offset) : undefined;
}

/** Start of the line that has an offset. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== "\n" && text[start - 1] !== "\r") start--;
  return start;
}

/** The line break before the line of an offset, or that of the first line. */
export function lineBreakNear(text: string, offset: number): string {
  const start = lineStart(text, offset);
  const at = start > 0 ? start : text.indexOf("\n") + 1;
  return text[at - 1] === "\n" && text[at - 2] === "\r" ? "\r\n" : "\n";
}

/** Adds fields behind one, in lines of their own where that begins a line; a comment at the end of its line stays with it. */
export function fieldsBehind(document: WatDocument, at: number, fields: readonly string[]): WatEdit {
  const { text } = document;
  const { start, end } = document.fieldText(at).nodeSpan(0);
  // Not by the start of the line, which may hold a whole module.
  const indentation = ownIndentation(text, start);
  if (indentation === undefined) return insertion(end, fields.map((field) => ` ${field}`).join(""));
  return insertion(behindLineComment(text, end), fields.map((field) => lineBreakNear(text, start) + indentation + field).join(""));
}

/** The offset behind a comment that ends the line, or the offset itself. */
export function behindLineComment(text: string, offset: number): number {
  const comment = /[ \t]*;;[^\r\n]*/y;
  comment.lastIndex = offset;
  return offset + (comment.exec(text)?.[0].length ?? 0);
}

/** Removes a field with the white space before it; comments and annotations before it stay. */
export function fieldRemoval(document: WatDocument, at: number): WatEdit {
  const { text } = document;
  const source = document.fieldText(at);
  const { field, base } = source;
  const { start, end } = source.nodeSpan(0);
  let least = base;
  for (let trivia = 2; trivia < field.trivia.length && base + field.trivia[trivia]! <= start; trivia += 3)
    least = base + field.trivia[trivia]!;
  const isAlone = /[ \t]*(?:[\r\n]|$)/y;
  isAlone.lastIndex = end;
  // Behind a line comment, what follows in this line needs a line of its own.
  if (least > base && !isAlone.test(text)) return { span: { start, end }, text: "" };
  let from = start;
  while (from > least && /\s/.test(text[from - 1]!)) from--;
  return { span: { start: from, end }, text: "" };
}

/** Removes a node with the white space before it. */
export function nodeRemoval(source: FieldText, node: number): WatEdit {
  const { start, end, text } = removal(source, source.field.firstToken(node), source.field.endToken(node));
  return { span: { start: source.base + start, end: source.base + end }, text };
}

/** Whether comments or annotations stand between two tokens, or in between of those that are between them. */
export function hasCommentBetween({ field }: FieldText, first: number, end: number): boolean {
  const from = field.spans[2 * first]!;
  const to = field.spans[2 * end - 1]!;
  for (let at = 1; at < field.trivia.length; at += 3) if (field.trivia[at]! > from && field.trivia[at]! < to) return true;
  return false;
}

/** Whether an annotation stands before the first token of a field. */
export function hasAnnotationBefore({ field }: FieldText): boolean {
  const first = field.spans[0]!;
  for (let at = 0; at < field.trivia.length && field.trivia[at + 1]! < first; at += 3)
    if (field.trivia[at] === Trivia.annotation) return true;
  return false;
}

/** Whether something in a space is used by its index, from `least` on. */
export function isIndexUsedFrom(document: WatDocument, { first, end }: BoundModule, space: Space, least: number): boolean {
  for (let at = first; at < end; at++) {
    const { references, tags } = document.fields[at]!;
    for (let place = 0; place < references.length; place += 2) {
      const token = references[place + 1]!;
      if (references[place] !== space || tags[token] !== Token.natural) continue;
      const source = document.fieldText(at);
      if (source.naturalOf(token) >= least) return true;
    }
  }
  return false;
}

/** An edit that only adds text. */
export function insertion(offset: number, text: string): WatEdit {
  return { span: { start: offset, end: offset }, text };
}

/** A name like `wish` that is not taken; both without `$`. */
export function freeName(wish: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wish : `${wish}${number}`;
    if (!isTaken(name)) return name;
  }
}
