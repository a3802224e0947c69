/** The formatter: which lines the pieces of a text get, and what is left alone. */
import type { Span } from "#core/text/positions.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import type { Field } from "../field.ts";
import { Node } from "../node.ts";
import type { WatCode } from "../problem.ts";
import { Token, Word } from "../token.ts";
import { FieldLayout } from "./field-layout.ts";
import type { FormatOptions } from "./options.ts";
import { Gap, LayoutWriter } from "./writer.ts";

/** What may be wrong with a field whose tree is right all the same. */
const harmless: ReadonlySet<WatCode> = new Set<WatCode>([
  "unknown-local",
  "unknown-label",
  "duplicate-name",
  "mismatching-label",
  "constant-out-of-range",
  "bad-alignment",
]);

/** The whole text, formatted. Fields that do not parse stay as they are; only white space changes, and the inside of comments. */
export function formatText(document: WatDocument, options: FormatOptions): string {
  return new DocumentLayout(document, options).run(undefined).result();
}

/** More changes than this are slower to send and apply than the text itself. */
const mostEdits = 500;

/** What changes in {@link formatText}, in the order of the text; with `span` only what touches it. Many changes become one. */
export function formatEdits(document: WatDocument, options: FormatOptions, span?: Span): WatEdit[] {
  const edits = layoutEdits(document, options, span);
  if (edits.length <= mostEdits) return edits;
  const start = edits[0]!.span.start;
  const parts: string[] = [];
  let end = start;
  for (const edit of edits) {
    parts.push(document.text.slice(end, edit.span.start), edit.text);
    end = edit.span.end;
  }
  return [{ span: { start, end }, text: parts.join("") }];
}

/** As {@link formatEdits}, each change by itself. */
export function layoutEdits(document: WatDocument, options: FormatOptions, span?: Span): WatEdit[] {
  const { starts, ends, texts } = new DocumentLayout(document, options).run(span);
  const edits = starts.map((start, at) => ({ span: { start, end: ends[at]! }, text: texts[at]! }));
  return span === undefined ? edits : edits.filter((edit) => edit.span.end >= span.start && edit.span.start <= span.end);
}

/** A module or assertion that has begun. */
interface Opened {
  /** Level of the line that it begins in. */
  readonly level: number;
  readonly isAssertion: boolean;
}

class DocumentLayout {
  readonly #document: WatDocument;
  readonly #options: FormatOptions;
  readonly #writer: LayoutWriter;
  readonly #opened: Opened[] = [];
  /** Pieces before this one stand in the same line. */
  #flatEnd = 0;

  constructor(document: WatDocument, options: FormatOptions) {
    this.#document = document;
    this.#options = options;
    this.#writer = new LayoutWriter(document.text, options);
  }

  run(span: Span | undefined): LayoutWriter {
    const { fields, starts } = this.#document;
    fields.forEach((field, at) => {
      const start = starts[at]!;
      const isAsked = span === undefined || (start <= span.end && start + field.length >= span.start);
      this.#piece(at, field, isAsked);
    });
    return this.#writer;
  }

  #piece(at: number, field: Field, isAsked: boolean): void {
    const top = this.#opened[this.#opened.length - 1];
    if (field.kind === Node.opening) this.#opening(at, top, isAsked);
    else if (field.kind === Node.closing) this.#closing(at, isAsked);
    else if (!isAsked || !isFormattable(field)) return;
    else if (field.tokenCount === 0) this.#end(at);
    else {
      const layout = this.#layout(at);
      const level = top === undefined ? 0 : top.level + 1;
      const gap = this.#document.starts[at] === 0 ? Gap.none : Gap.line;
      if (at < this.#flatEnd) layout.writeInLine();
      else if (field.kind === Node.command) layout.writeByDepth(gap, level);
      else layout.write(gap, level);
    }
  }

  #layout(at: number): FieldLayout {
    return new FieldLayout(this.#document.fieldText(at), this.#writer);
  }

  #opening(at: number, top: Opened | undefined, isAsked: boolean): void {
    const layout = this.#layout(at);
    const isAssertion = this.#document.fields[at]!.tags[1] !== Word.module;
    const isBehindAssertion = top?.isAssertion === true && at >= this.#flatEnd;
    const isHugged = isBehindAssertion && !layout.hasBreak(0);
    const isInLine = isHugged || at < this.#flatEnd;
    const level = top === undefined ? 0 : isInLine ? top.level : top.level + 1;
    this.#opened.push({ level, isAssertion });
    if (at >= this.#flatEnd)
      this.#flatEnd = this.#lineEnd(at, level * this.#options.indentWidth + (isHugged ? this.#layout(at - 1).width + 1 : 0));
    const isFirst = this.#document.starts[at] === 0;
    if (isAsked) layout.writeByDepth(isInLine ? Gap.space : isFirst ? Gap.none : Gap.line, level);
  }

  #closing(at: number, isAsked: boolean): void {
    const opened = this.#opened.pop();
    const field = this.#document.fields[at]!;
    if (!isAsked || opened === undefined || field.tokenCount === 0 || !isFormattable(field)) return;
    const layout = this.#layout(at);
    const isParen = field.tags[0] === Token.rightParen;
    const isInLine = at < this.#flatEnd;
    const isBroken = isParen ? this.#closesAlone(layout) : layout.hasBreak(0);
    const gap = !isInLine && isBroken ? Gap.line : isParen ? Gap.none : Gap.space;
    layout.writeByDepth(gap, isParen || !isBroken ? opened.level : opened.level + 1);
  }

  #closesAlone(layout: FieldLayout): boolean {
    const { closingParens } = this.#options;
    return closingParens === "split" || (closingParens === "keep" && layout.hasBreak(0));
  }

  /** What follows the last token: comments, and one line break at the end. */
  #end(at: number): void {
    const source = this.#document.fieldText(at);
    const { field } = source;
    if (this.#document.starts[at] === 0 && field.trivia.length === 0) {
      this.#writer.put(0, field.length, "");
      return;
    }
    this.#layout(at).write(Gap.line, 0);
  }

  /**
   * Place behind the pieces of the module or assertion at `opening` where its author wrote it in one line, and it fits from `column` on;
   * else `opening`.
   */
  #lineEnd(opening: number, column: number): number {
    const { fields, text, starts } = this.#document;
    const first = this.#document.fieldText(opening).startOf(0);
    let width = column;
    let depth = 0;
    for (let at = opening; at < fields.length && width <= this.#options.printWidth; at++) {
      const field = fields[at]!;
      const end = starts[at]! + field.length;
      if (!isFormattable(field) || hasBreak(text, at === opening ? first : starts[at]!, end)) return opening;
      if (field.kind === Node.opening) depth++;
      if (field.kind === Node.closing) depth--;
      width += this.#layout(at).width + (at === opening || field.tags[0] === Token.rightParen ? 0 : 1);
      if (depth === 0) return width <= this.#options.printWidth ? at + 1 : opening;
    }
    return opening;
  }
}

function hasBreak(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || unit === 0x0d) return true;
  }
  return false;
}

function isFormattable(field: Field): boolean {
  if (field.kind === Node.stray) return field.tokenCount === 0 && field.problems.length === 0;
  if (field.kind === Node.unknownField || field.hasLexicalProblems || field.hidesProblems) return false;
  return field.problems.every(({ code }) => harmless.has(code));
}
