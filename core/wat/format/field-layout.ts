/** Lays out the tokens of one field: which forms stay in one line, and where the others break. */
import type { FieldText } from "../field.ts";
import { Trivia } from "../lexer.ts";
import { Token } from "../token.ts";
import { Break, classify } from "./classify.ts";
import { Gap, lastLine, lineBreaks, type LayoutWriter } from "./writer.ts";

/** What stands in a gap in the old text. */
const Found = { break: 1, blank: 2, trivia: 4, hard: 8 } as const;

/** A node of several lines that the walk is in. */
interface Open {
  readonly node: number;
  readonly end: number;
  /** Level of the line that it begins in. */
  readonly level: number;
}

/** The layout of one field, from its first token on; the gap before that is the caller's to begin with. */
export class FieldLayout {
  readonly #source: FieldText;
  readonly #writer: LayoutWriter;
  /** Of each gap before a token {@link Found}. */
  readonly #found: Uint8Array;
  /** {@link Break} of each gap. */
  readonly #breaks: Uint8Array;
  /** Column of each token if all of the field stood in one line. */
  readonly #columns: Uint32Array;
  /** Number of gaps up to each token that cannot be in one line. */
  readonly #stops: Uint32Array;
  /** Place in the field's trivia. */
  #trivia = 0;

  constructor(source: FieldText, writer: LayoutWriter) {
    this.#source = source;
    this.#writer = writer;
    const { field } = source;
    this.#found = this.#findGaps();
    this.#breaks = classify(field, writer.options, (token) => (this.#found[token]! & Found.break) !== 0);
    this.#columns = new Uint32Array(field.tokenCount + 1);
    this.#stops = new Uint32Array(field.tokenCount + 1);
    this.#measure();
    this.#trivia = 0;
  }

  /** Columns of the field in one line; infinite where it needs several. */
  get width(): number {
    const last = this.#source.field.tokenCount - 1;
    return this.#stops[last] === 0 ? this.#columns[last]! + this.#lengthOf(last) : Number.POSITIVE_INFINITY;
  }

  /** Whether the author broke the line before a token. */
  hasBreak(token: number): boolean {
    return (this.#found[token]! & Found.break) !== 0;
  }

  /** Writes the gap before the first token, with the comments there, and then the field. */
  write(gap: Gap, level: number): void {
    this.#gapBefore(0, gap, level, level);
    if (this.#isIgnored(0)) {
      this.#skip(0, this.#source.field.tokenCount);
      return;
    }
    this.#walk();
  }

  /** Writes the field behind a space, all in one line. */
  writeInLine(): void {
    this.#gapBefore(0, Gap.space, 0, 0);
    this.#flat(0, this.#source.field.tokenCount);
  }

  /**
   * Writes the field by its parentheses alone: the lines are the author's, and each level indents. `gap` is that before the first token;
   * parentheses that close nothing here close what began in column `level`.
   */
  writeByDepth(gap: Gap, level: number): void {
    const { field } = this.#source;
    this.#gapBefore(0, gap, level, field.tags[0] === Token.rightParen ? level + 1 : level);
    if (this.#isIgnored(0)) {
      this.#skip(0, field.tokenCount);
      return;
    }
    let depth = field.tags[0] === Token.leftParen ? 0 : 1;
    for (let token = 0; token < field.tokenCount; token++) {
      const tag = field.tags[token]!;
      if (tag === Token.rightParen) depth--;
      if (token > 0) {
        const isLine = (this.#found[token]! & (Found.break | Found.hard)) !== 0 && this.#mayBreak(token);
        const here = level + Math.max(depth, 0);
        const glue = this.#breaks[token] === Break.glue ? Gap.none : Gap.space;
        this.#gapBefore(token, isLine ? Gap.line : glue, here, tag === Token.rightParen ? here + 1 : here);
      }
      if (tag === Token.leftParen) depth++;
      this.#writer.column += this.#lengthOf(token);
    }
  }

  #mayBreak(token: number): boolean {
    if ((this.#found[token]! & Found.hard) !== 0) return true;
    const { tags } = this.#source.field;
    if (tags[token] === Token.rightParen) return this.#writer.options.closingParens !== "together";
    return tags[token - 1] !== Token.leftParen;
  }

  /** Whether a comment before a token says that what follows is to stay as it is. */
  #isIgnored(token: number): boolean {
    if ((this.#found[token]! & Found.trivia) === 0) return false;
    const { trivia } = this.#source.field;
    const at = this.#trivia - 3;
    if (at < 0) return false;
    const { base, text } = this.#source;
    const comment = text.slice(base + trivia[at + 1]!, base + trivia[at + 2]!);
    const words = comment.replace(/^(?:;;|\(;)/u, "").replace(/;\)$/u, "");
    return words.trim() === this.#writer.options.ignoreDirective;
  }

  #findGaps(): Uint8Array {
    const { field, text, base } = this.#source;
    const { spans, trivia, tokenCount } = field;
    const found = new Uint8Array(tokenCount + 1);
    let at = 0;
    let end = 0;
    for (let token = 0; token <= tokenCount; token++) {
      const start = token < tokenCount ? spans[2 * token]! : field.length;
      if (at < trivia.length && trivia[at + 1]! < start) {
        let flags: number = Found.trivia;
        for (; at < trivia.length && trivia[at + 1]! < start; at += 3) {
          if (trivia[at] === Trivia.lineComment || lineBreaks(text, base + trivia[at + 1]!, base + trivia[at + 2]!) > 0)
            flags |= Found.hard;
          if (lineBreaks(text, base + end, base + trivia[at + 1]!) > 0) flags |= Found.break | Found.hard;
          end = trivia[at + 2]!;
        }
        if (lineBreaks(text, base + end, base + start) > 0) flags |= Found.break | Found.hard;
        found[token] = flags;
      } else if (start - end > 1 || (start > end && text.charCodeAt(base + end) !== 0x20)) {
        const breaks = lineBreaks(text, base + end, base + start);
        if (breaks > 0) found[token] = breaks > 1 ? Found.break | Found.blank : Found.break;
      }
      end = spans[2 * token + 1] ?? end;
    }
    return found;
  }

  #measure(): void {
    const { field } = this.#source;
    const { trivia } = field;
    let column = 0;
    let stops = 0;
    let at = 0;
    while (at < trivia.length && trivia[at + 1]! < (field.spans[0] ?? 0)) at += 3;
    for (let token = 0; token < field.tokenCount; token++) {
      const kind = this.#breaks[token]!;
      const found = this.#found[token]!;
      if (token > 0) {
        if (kind !== Break.glue && kind !== Break.close) column++;
        if ((found & Found.trivia) !== 0)
          for (; at < trivia.length && trivia[at + 1]! < field.spans[2 * token]!; at += 3) column += 1 + this.#triviaWidth(at);
        if ((found & Found.hard) !== 0 || kind === Break.always) stops++;
        else if ((found & Found.break) !== 0 && kind >= Break.body && kind !== Break.overflow) stops++;
      }
      this.#columns[token] = column;
      this.#stops[token] = stops;
      column += this.#lengthOf(token);
    }
  }

  #triviaWidth(at: number): number {
    const { base, field } = this.#source;
    return this.#writer.commentWidth(field.trivia[at]!, base + field.trivia[at + 1]!, base + field.trivia[at + 2]!);
  }

  #lengthOf(token: number): number {
    const { spans } = this.#source.field;
    return spans[2 * token + 1]! - spans[2 * token]!;
  }

  #walk(): void {
    const { field } = this.#source;
    const open: Open[] = [];
    let next = 0;
    for (let token = 0; token < field.tokenCount;) {
      let top = open[open.length - 1];
      while (top !== undefined && top.end <= token) {
        open.pop();
        top = open[open.length - 1];
      }
      if (top !== undefined) this.#between(token, top, next);
      if (
        token > 0 &&
        this.#found[token]! & Found.trivia &&
        this.#isIgnored(token) &&
        next < field.nodeCount &&
        field.firstToken(next) === token
      ) {
        token = this.#skip(token, field.endToken(next));
        next = field.nodeEnd(next);
        continue;
      }
      let isFlat = false;
      while (next < field.nodeCount && field.firstToken(next) === token) {
        // Of a flat block with several lines each part has its own.
        if (this.#breaks[token] !== Break.arm && this.#fits(token, field.endToken(next))) {
          token = this.#flat(token, field.endToken(next));
          next = field.nodeEnd(next);
          isFlat = true;
          break;
        }
        open.push({ node: next, end: field.endToken(next), level: this.#writer.level });
        next++;
      }
      if (!isFlat) this.#writer.column += this.#lengthOf(token++);
    }
  }

  /** Whether the tokens from `first` on, in one line, fit where the writer stands. */
  #fits(first: number, end: number): boolean {
    return this.#stops[end - 1] === this.#stops[first] && this.#flatWidth(first, end) <= this.#writer.room;
  }

  #flatWidth(first: number, end: number): number {
    let width = this.#columns[end - 1]! + this.#lengthOf(end - 1) - this.#columns[first]!;
    const { tags } = this.#source.field;
    const { options } = this.#writer;
    for (let token = end; tags[token] === Token.rightParen && width <= options.printWidth; token++) {
      if ((this.#found[token]! & Found.hard) !== 0) break;
      if (this.#breaks[token] === Break.close && this.#closesAlone(token)) break;
      width++;
    }
    return width;
  }

  #closesAlone(token: number): boolean {
    const { closingParens } = this.#writer.options;
    return closingParens === "split" || (closingParens === "keep" && (this.#found[token]! & Found.break) !== 0);
  }

  /** Writes the tokens from `first` on in one line. */
  #flat(first: number, end: number): number {
    for (let token = first; token < end; token++) {
      if (token > first) {
        const kind = this.#breaks[token]!;
        this.#gapBefore(token, kind === Break.glue || kind === Break.close ? Gap.none : Gap.space, 0, 0);
      }
      this.#writer.column += this.#lengthOf(token);
    }
    return end;
  }

  /** Leaves the tokens from `first` on as they are. */
  #skip(first: number, end: number): number {
    const { field, text, base } = this.#source;
    const last = this.#source.endOf(end - 1);
    while (this.#trivia < field.trivia.length && base + field.trivia[this.#trivia + 1]! < last) this.#trivia += 3;
    const start = this.#source.startOf(first);
    const line = lastLine(text, start, last);
    this.#writer.column = line > start ? last - line : this.#writer.column + last - start;
    return end;
  }

  /** The gap before a token inside of a node of several lines; `next` is the first node that has not begun. */
  #between(token: number, { node, level }: Open, next: number): void {
    const { field } = this.#source;
    const found = this.#found[token]!;
    const isHard = (found & Found.hard) !== 0;
    const kind = this.#breaks[token]!;
    if (token === field.firstToken(node)) return;
    if (kind === Break.glue || kind === Break.close) {
      const isLine = isHard || (kind === Break.close && this.#closesAlone(token));
      this.#gapBefore(token, isLine ? Gap.line : Gap.none, level, level + 1);
      return;
    }
    if (kind === Break.arm) {
      this.#gapBefore(token, Gap.line, level, level + 1);
      return;
    }
    const begins = next < field.nodeCount && field.firstToken(next) === token;
    const end = begins ? field.endToken(next) : token + 1;
    if (isHard || this.#breaksBefore(kind, found, token, end)) {
      // What goes on before a body stands further right than the body.
      const isHead = (kind === Break.fill || kind === Break.hug) && this.#breaks[field.endToken(node) - 1] !== Break.glue;
      const inside = isHead ? level + 2 : level + 1;
      this.#gapBefore(token, Gap.line, inside, inside);
    } else this.#gapBefore(token, Gap.space, 0, 0);
  }

  #breaksBefore(kind: number, found: number, token: number, end: number): boolean {
    const isBroken = (found & Found.break) !== 0;
    switch (kind) {
      case Break.body:
      case Break.always:
        return true;
      case Break.hug:
        return false;
      case Break.instruction:
        return isBroken || this.#writer.options.oneInstructionPerLine || !this.#fitsBehindSpace(token, end);
      case Break.keep:
        return isBroken || !this.#fitsBehindSpace(token, end);
      default:
        return !this.#fitsBehindSpace(token, end);
    }
  }

  #fitsBehindSpace(first: number, end: number): boolean {
    const isInLine = this.#stops[end - 1] === this.#stops[first];
    return isInLine && this.#flatWidth(first, end) < this.#writer.room;
  }

  /** Writes the gap before a token with its comments, which get `commentLevel` in lines of their own. */
  #gapBefore(token: number, gap: Gap, level: number, commentLevel: number): void {
    const { field, base } = this.#source;
    const start = token === 0 ? base : this.#source.endOf(token - 1);
    const end = token === field.tokenCount ? base + field.length : this.#source.startOf(token);
    const found = this.#found[token]!;
    const isClosing = field.tags[token] === Token.rightParen || field.tags[token] === Token.end;
    if ((found & Found.trivia) === 0) {
      const isBlankLine = (found & Found.blank) !== 0 && !isClosing;
      if (gap !== Gap.none || end > start) this.#writer.gap(start, end, gap, level, isBlankLine);
      return;
    }
    this.#comments(token, start, end, gap, level, commentLevel);
  }

  /** Writes a gap with comments. */
  #comments(token: number, start: number, limit: number, gap: Gap, level: number, commentLevel: number): void {
    const { field, base, text } = this.#source;
    const { trivia } = field;
    const writer = this.#writer;
    const first = this.#trivia;
    let last = first;
    while (last < trivia.length && base + trivia[last + 1]! < limit) last += 3;
    const { tags } = field;
    const hasBreak = (this.#found[token]! & Found.break) !== 0;
    const isBehindParen = token > 0 && tags[token - 1] === Token.leftParen;
    const isClosing = tags[token] === Token.rightParen || tags[token] === Token.end;
    let position = start;
    let isBroken = false;
    let isLine = false;
    for (let at = first; at < last; at += 3) {
      const begin = base + trivia[at + 1]!;
      const breaks = lineBreaks(text, position, begin);
      const needsLine = isLine || (gap === Gap.line && (breaks > 0 || (!hasBreak && !isBroken)));
      if (needsLine) {
        writer.gap(position, begin, Gap.line, commentLevel, breaks > 1 && start > 0);
        isBroken = true;
      } else {
        const isGlued = start === 0 || (isBehindParen && at === first && trivia[at] !== Trivia.lineComment);
        writer.gap(position, begin, isGlued ? Gap.none : Gap.space, 0, false);
      }
      position = writer.comment(trivia[at]!, begin, base + trivia[at + 2]!);
      isLine = trivia[at] === Trivia.lineComment;
    }
    this.#trivia = last;
    const breaks = lineBreaks(text, position, limit);
    if (isLine || (gap === Gap.line && (breaks > 0 || !isBroken))) writer.gap(position, limit, Gap.line, level, breaks > 1 && !isClosing);
    else writer.gap(position, limit, isClosing ? Gap.none : Gap.space, 0, false);
  }
}
