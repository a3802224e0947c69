/** Cuts WAT text into tokens. Source: WebAssembly 3.0, 6.3 "Lexical Format". */
import { stringProblem } from "./literal-string.ts";
import { numberTag } from "./literal-number.ts";
import { firstWord, Token, wordRoot, wordStep, wordTagAt } from "./token.ts";
import type { PlacedProblem } from "./problem.ts";

/** What stands between tokens, other than white space. */
export const Trivia = { lineComment: 0, blockComment: 1, annotation: 2 } as const;

/** Classes of the ASCII characters. */
const charClass = { illegal: 0, space: 1, idchar: 2, quote: 3, leftParen: 4, rightParen: 5, semicolon: 6, punctuation: 7 } as const;
const classes = new Uint8Array(128);
for (let unit = 0x21; unit < 0x7f; unit++) classes[unit] = charClass.idchar;
for (const unit of [0x20, 0x09, 0x0a, 0x0d]) classes[unit] = charClass.space;
for (const unit of [0x2c, 0x5b, 0x5d, 0x7b, 0x7d]) classes[unit] = charClass.punctuation;
classes[0x22] = charClass.quote;
classes[0x28] = charClass.leftParen;
classes[0x29] = charClass.rightParen;
classes[0x3b] = charClass.semicolon;

function classOf(unit: number): number {
  return unit < 128 ? classes[unit]! : charClass.illegal;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const dollar = 0x24;
const leftParen = 0x28;
const rightParen = 0x29;
const semicolon = 0x3b;
const at = 0x40;
const backslash = 0x5c;

/** Most of a printed module is what its lines begin with, which an engine passes faster by a pattern than by looking at each character. */
const indentation = /[ \t\r\n]*/y;

/** Arrays that a lexer puts its tokens into, as long as they are large enough. */
export interface TokenRoom {
  readonly tags: Uint16Array;
  readonly spans: Uint32Array;
}

export function tokenRoom(count: number): TokenRoom {
  return { tags: new Uint16Array(count), spans: new Uint32Array(2 * count) };
}

/** Tokens of an old text around a change of it. Offsets count from the start of the text. */
export interface OldTokens {
  readonly tags: Uint16Array;
  /** Start and end of each token, and trivia as in {@link Lexer.trivia}; these count from `base`. */
  readonly spans: Uint32Array;
  readonly trivia: readonly number[];
  readonly count: number;
  /** Where the lexer starts, in both texts. */
  readonly base: number;
  /** Start and end of what was replaced, in the old text. */
  readonly start: number;
  readonly end: number;
  /** How far what follows has moved. */
  readonly delta: number;
}

/**
 * Reads tokens one after another into arrays that it reuses. May start at any offset that is not inside a token, comment or annotation.
 * Never fails: what is no token becomes one with tag `unknown` or `broken`, and a problem. All offsets count from the start of the text.
 */
export class Lexer {
  readonly text: string;
  /** Offset behind the last token read. */
  position: number;
  /** Tags of the tokens read and not yet taken. */
  tags: Uint16Array;
  /** Start and end of each of those tokens. */
  spans: Uint32Array;
  count = 0;
  /** Kind, start and end of each comment and annotation before or between those tokens. */
  trivia: number[] = [];
  problems: PlacedProblem[] = [];
  /** Until its tokens behind the change have been taken over. */
  #old: OldTokens | undefined;

  /**
   * `old`: tokens without lexical problems from `position` on, of which those are taken over that the change leaves as they are.
   * `room` must not be used by anything else until this lexer has read its last token.
   */
  constructor(text: string, position: number, old?: OldTokens, room = tokenRoom(1024)) {
    this.text = text;
    this.tags = room.tags;
    this.spans = room.spans;
    this.position = position;
    this.#old = old;
    if (old !== undefined) this.#take(old, 0, tokensBefore(old), 0);
  }

  /** Reads one token and returns its tag; at the end of the text `Token.end`, and no token is added. */
  next(): number {
    const start = this.#skipTrivia(this.position);
    if (start >= this.text.length) {
      this.position = this.text.length;
      return Token.end;
    }
    const tag = this.#token(start);
    if (this.count === this.tags.length) this.#reserve(this.count + 1);
    this.tags[this.count] = tag;
    this.spans[2 * this.count] = start;
    this.spans[2 * this.count + 1] = this.position;
    this.count++;
    if (this.#old !== undefined) this.#meet(this.#old, start);
    return tag;
  }

  /** Where the token just read, behind the change, is one of the old ones, all that follow it are, too. */
  #meet(old: OldTokens, start: number): void {
    const before = start - old.delta - old.base;
    if (before < old.end - old.base) return;
    const at = tokenFrom(old, before);
    if (at < old.count && old.spans[2 * at] !== before) return;
    this.#old = undefined;
    if (at < old.count) this.#take(old, at + 1, old.count, old.delta);
  }

  /** Takes over old tokens, moved by `delta`, and what is between them. */
  #take(old: OldTokens, from: number, to: number, delta: number): void {
    if (from >= to) return;
    const count = this.count + to - from;
    this.#reserve(count);
    this.tags.set(old.tags.subarray(from, to), this.count);
    const shift = old.base + delta;
    const { spans } = this;
    for (let index = 2 * from, at = 2 * this.count; index < 2 * to; index++, at++) spans[at] = old.spans[index]! + shift;
    const start = from === 0 ? 0 : old.spans[2 * from - 1]!;
    const end = old.spans[2 * to - 1]!;
    for (let at = 0; at < old.trivia.length; at += 3) {
      const [kind = 0, first = 0, last = 0] = [old.trivia[at], old.trivia[at + 1], old.trivia[at + 2]];
      if (first >= start && first < end) this.trivia.push(kind, first + shift, last + shift);
    }
    this.count = count;
    this.position = spans[2 * count - 1]!;
  }

  /** Forgets the first `count` tokens, and the trivia and problems that start before `offset`. */
  drop(count: number, offset: number): void {
    const { tags, spans } = this;
    // Few tokens stay, and to call what copies many takes longer.
    for (let from = count, to = 0; from < this.count; from++, to++) {
      tags[to] = tags[from]!;
      spans[2 * to] = spans[2 * from]!;
      spans[2 * to + 1] = spans[2 * from + 1]!;
    }
    this.count -= count;
    if (this.trivia.length > 0) this.trivia = this.trivia.slice(this.triviaBefore(offset));
    if (this.problems.length > 0) this.problems = this.problems.filter((problem) => problem.start >= offset);
  }

  /** Length of the part of `trivia` that starts before `offset`. */
  triviaBefore(offset: number): number {
    let length = this.trivia.length;
    while (length > 0 && this.trivia[length - 2]! >= offset) length -= 3;
    return length;
  }

  #reserve(count: number): void {
    if (count <= this.tags.length) return;
    const size = Math.max(count + 1024, this.tags.length * 2);
    const tags = new Uint16Array(size);
    const spans = new Uint32Array(size * 2);
    tags.set(this.tags);
    spans.set(this.spans);
    this.tags = tags;
    this.spans = spans;
  }

  /** Sets `position` behind the token that begins at `start`, where no white space stands. */
  #token(start: number): number {
    const unit = this.text.charCodeAt(start);
    if (unit === leftParen) return this.#single(start, Token.leftParen);
    if (unit === rightParen) return this.#single(start, Token.rightParen);
    const kind = unit < 128 ? classes[unit]! : charClass.illegal;
    if (kind === charClass.illegal) return this.#illegal(start);
    if (kind === charClass.semicolon || kind === charClass.punctuation) {
      this.#report(
        "illegal-character",
        `\`${this.text[start]!}\` is no part of the text format outside annotations. Remove it.`,
        start,
        start + 1,
      );
      return this.#single(start, Token.broken);
    }
    return this.#run(start);
  }

  #single(start: number, tag: number): number {
    this.position = start + 1;
    return tag;
  }

  /** A run of identifier characters and strings: one token if it is of one kind, else tokens that lack a space between them. */
  #run(start: number): number {
    const { text } = this;
    const length = text.length;
    let word = wordRoot;
    let end = start;
    while (end < length) {
      const unit = text.charCodeAt(end);
      if (unit >= 128 || classes[unit] !== charClass.idchar) break;
      word = wordStep(word, unit);
      end++;
    }
    const behind = text.charCodeAt(end);
    if (behind === quote) return this.#runWithString(start, end);
    if (end < length && classOf(behind) === charClass.illegal) return this.#illegal(end);
    this.position = end;
    const first = text.charCodeAt(start);
    if (first >= 0x61 && first <= 0x7a) {
      const tag = wordTagAt(word);
      return tag >= firstWord ? tag : numberTag(text, start, end);
    }
    if (first === dollar) {
      if (end > start + 1) return Token.name;
      this.#report("empty-identifier", "A name needs at least one character after `$`.", start, end);
      return Token.broken;
    }
    return numberTag(text, start, end);
  }

  /** A run in which a string begins at `stringStart`. */
  #runWithString(start: number, stringStart: number): number {
    const { text } = this;
    const problemsBefore = this.problems.length;
    let end = this.#string(stringStart);
    const more = text.charCodeAt(end);
    if (more < 128 && (classes[more] === charClass.idchar || more === quote)) {
      while (end < text.length) {
        const unit = text.charCodeAt(end);
        if (unit === quote) end = this.#string(end);
        else if (unit < 128 && classes[unit] === charClass.idchar) end++;
        else break;
      }
      this.position = end;
      this.#reportGlued(start, end);
      return Token.broken;
    }
    this.position = end;
    if (this.problems.length > problemsBefore) return Token.broken;
    if (stringStart === start) return Token.string;
    if (stringStart === start + 1 && text.charCodeAt(start) === dollar) return this.#quotedName(start, end);
    this.#reportGlued(start, end);
    return Token.broken;
  }

  #reportGlued(start: number, end: number): void {
    this.#report("missing-space", "Strings, names, numbers and words need white space between them.", start, end);
  }

  #quotedName(start: number, end: number): number {
    if (end === start + 3) {
      this.#report("empty-identifier", "A name needs at least one character between the quotes.", start, end);
      return Token.broken;
    }
    const problem = stringProblem(this.text, start + 1, end, true);
    if (problem !== undefined) {
      this.problems.push(problem);
      return Token.broken;
    }
    return Token.quotedName;
  }

  /** Returns the offset behind the string that begins at `start`. A string that has no end ends with its line. */
  #string(start: number): number {
    const { text } = this;
    let special = false;
    for (let end = start + 1; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      if (unit === quote) {
        if (special) {
          const problem = stringProblem(text, start, end + 1, false);
          if (problem !== undefined) this.problems.push(problem);
        }
        return end + 1;
      }
      if (unit === lineFeed || unit === carriageReturn) return this.#unclosedString(start, end);
      if (unit === backslash) {
        special = true;
        const escaped = text.charCodeAt(end + 1);
        if (escaped === lineFeed || escaped === carriageReturn) return this.#unclosedString(start, end + 1);
        end++;
      } else if (unit < 0x20 || unit === 0x7f) special = true;
    }
    return this.#unclosedString(start, text.length);
  }

  #unclosedString(start: number, end: number): number {
    this.#report("unclosed-string", 'This string has no closing `"` on its line. Write a line break inside a string as `\\n`.', start, end);
    return end;
  }

  /** The characters from `illegal` on that no token may have, and what is glued to them: one mistake and one token. */
  #illegal(illegal: number): number {
    const { text } = this;
    let end = illegal;
    while (end < text.length && classOf(text.charCodeAt(end)) === charClass.illegal) end++;
    const code = text.codePointAt(illegal)!.toString(16).toUpperCase().padStart(4, "0");
    const message = `The character U+${code} may stand only in strings and comments. Use \`$"..."\` for a name with it.`;
    this.#report("illegal-character", message, illegal, end);
    while (end < text.length && (classOf(text.charCodeAt(end)) === charClass.illegal || classOf(text.charCodeAt(end)) === charClass.idchar))
      end++;
    this.position = end;
    return Token.broken;
  }

  /** Returns the offset of the next token or of the end of the text. */
  #skipTrivia(start: number): number {
    const { text } = this;
    const length = text.length;
    let here = start;
    while (here < length) {
      const unit = text.charCodeAt(here);
      if (unit === lineFeed) {
        indentation.lastIndex = here + 1;
        indentation.test(text);
        here = indentation.lastIndex;
      } else if (unit === 0x20 || unit === carriageReturn || unit === 0x09) {
        here++;
      } else if (unit === semicolon && text.charCodeAt(here + 1) === semicolon) {
        const end = lineEnd(text, here);
        this.trivia.push(Trivia.lineComment, here, end);
        here = end;
      } else if (unit === leftParen && text.charCodeAt(here + 1) === semicolon) {
        const end = this.#blockComment(here);
        this.trivia.push(Trivia.blockComment, here, end);
        here = end;
      } else if (unit === leftParen && text.charCodeAt(here + 1) === at) {
        const end = this.#annotation(here);
        this.trivia.push(Trivia.annotation, here, end);
        here = end;
      } else return here;
    }
    return here;
  }

  #blockComment(start: number): number {
    const end = blockCommentEnd(this.text, start);
    if (end >= 0) return end;
    this.#report(
      "unclosed-comment",
      "This comment has no closing `;)`. Block comments nest, so each `(;` needs its own.",
      start,
      start + 2,
    );
    return this.text.length;
  }

  /** Returns the offset behind the annotation whose `(@` stands at `start`. Its tokens are checked here and kept nowhere. */
  #annotation(start: number): number {
    // It keeps no tokens, so it needs no room for them.
    const inner = new Lexer(this.text, start + 2, undefined, this);
    inner.position = this.#annotationId(start);
    let depth = 1;
    while (depth > 0) {
      const tag = inner.#annotationToken();
      if (tag === Token.end) {
        this.#report("unclosed-annotation", "This annotation has no closing `)`.", start, start + 2);
        return this.text.length;
      }
      if (tag === Token.leftParen) depth++;
      else if (tag === Token.rightParen) depth--;
    }
    for (const problem of inner.problems) this.problems.push(problem);
    return inner.position;
  }

  /** Returns the offset behind the identifier that must follow `(@` at `start` without a space. */
  #annotationId(start: number): number {
    const { text } = this;
    let end = start + 2;
    if (text.charCodeAt(end) === quote) {
      const problemsBefore = this.problems.length;
      end = this.#string(end);
      if (end === start + 4) this.#report("empty-annotation-id", "An annotation needs an identifier after `(@`.", start, end);
      else if (this.problems.length === problemsBefore) {
        const problem = stringProblem(text, start + 2, end, true);
        if (problem !== undefined) this.problems.push(problem);
      }
      return end;
    }
    while (end < text.length) {
      const unit = text.charCodeAt(end);
      if (unit >= 128 || classes[unit] !== charClass.idchar) break;
      end++;
    }
    if (end === start + 2)
      this.#report("empty-annotation-id", "An annotation needs an identifier right after `(@`, without a space.", start, end);
    return end;
  }

  /** In an annotation any token will do, and `(@` and lone punctuation are tokens too. */
  #annotationToken(): number {
    const { text } = this;
    for (;;) {
      const unit = text.charCodeAt(this.position);
      if (unit === 0x20 || unit === lineFeed || unit === carriageReturn || unit === 0x09) this.position++;
      else if (unit === semicolon && text.charCodeAt(this.position + 1) === semicolon) this.position = lineEnd(text, this.position);
      else if (unit === leftParen && text.charCodeAt(this.position + 1) === semicolon) this.position = this.#blockComment(this.position);
      else break;
    }
    const start = this.position;
    if (start >= text.length) return Token.end;
    const unit = text.charCodeAt(start);
    if (unit === leftParen) return this.#single(start, Token.leftParen);
    if (unit === rightParen) return this.#single(start, Token.rightParen);
    if (unit === quote) {
      this.position = this.#string(start);
      return Token.string;
    }
    if (unit >= 128 || classes[unit] === charClass.illegal) return this.#illegal(start);
    this.position = start + 1;
    return Token.unknown;
  }

  #report(code: PlacedProblem["code"], message: string, start: number, end: number): void {
    this.problems.push({ code, message, start, end });
  }
}

/** Number of old tokens that the change cannot reach: a token depends on the unit behind it, too. */
function tokensBefore({ spans, count, base, start }: OldTokens): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[2 * middle + 1]! + base < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first old token that starts at an offset or behind it. */
function tokenFrom({ spans, count }: OldTokens, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[2 * middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineEnd(text: string, start: number): number {
  for (let end = start; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit === lineFeed || unit === carriageReturn) return end;
  }
  return text.length;
}

/** Offset behind the block comment at `start`, -1 where it has no end. Nesting is counted, not recursed into. */
function blockCommentEnd(text: string, start: number): number {
  let depth = 1;
  for (let here = start + 2; here < text.length; here++) {
    const unit = text.charCodeAt(here);
    if (unit === semicolon && text.charCodeAt(here + 1) === rightParen) {
      here++;
      if (--depth === 0) return here + 1;
    } else if (unit === leftParen && text.charCodeAt(here + 1) === semicolon) {
      here++;
      depth++;
    }
  }
  return -1;
}
