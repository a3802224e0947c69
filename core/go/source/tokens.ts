/**
 * Splits Go source text into tokens as the compiler's own scanner does (cmd/compile/internal/syntax/scanner.go),
 * automatic semicolons and `//go:` comments included.
 */

/** Kinds of tokens that the parser tells apart; every other operator is `operator` and known by its text. */
export const tokenKind = {
  eof: 0,
  name: 1,
  int: 2,
  float: 3,
  imaginary: 4,
  rune: 5,
  string: 6,
  operator: 7,
  star: 8,
  arrow: 9,
  openParen: 10,
  closeParen: 11,
  openBracket: 12,
  closeBracket: 13,
  openBrace: 14,
  closeBrace: 15,
  comma: 16,
  semicolon: 17,
  colon: 18,
  dot: 19,
  ellipsis: 20,
  assign: 21,
  define: 22,
  keyword: 23,
  keywordChan: 24,
  keywordConst: 25,
  keywordFunc: 26,
  keywordImport: 27,
  keywordInterface: 28,
  keywordMap: 29,
  keywordPackage: 30,
  keywordStruct: 31,
  keywordType: 32,
  keywordVar: 33,
  /** `if`, `for`, `switch`, `select`: an open brace at their level opens a block. */
  keywordHeader: 34,
  /** `case` and `default`. */
  keywordCase: 35,
} as const;

export type TokenKind = (typeof tokenKind)[keyof typeof tokenKind];

const keywords = new Map<string, TokenKind>([
  ["break", tokenKind.keyword],
  ["case", tokenKind.keywordCase],
  ["chan", tokenKind.keywordChan],
  ["const", tokenKind.keywordConst],
  ["continue", tokenKind.keyword],
  ["default", tokenKind.keywordCase],
  ["defer", tokenKind.keyword],
  ["else", tokenKind.keyword],
  ["fallthrough", tokenKind.keyword],
  ["for", tokenKind.keywordHeader],
  ["func", tokenKind.keywordFunc],
  ["go", tokenKind.keyword],
  ["goto", tokenKind.keyword],
  ["if", tokenKind.keywordHeader],
  ["import", tokenKind.keywordImport],
  ["interface", tokenKind.keywordInterface],
  ["map", tokenKind.keywordMap],
  ["package", tokenKind.keywordPackage],
  ["range", tokenKind.keyword],
  ["return", tokenKind.keyword],
  ["select", tokenKind.keywordHeader],
  ["struct", tokenKind.keywordStruct],
  ["switch", tokenKind.keywordHeader],
  ["type", tokenKind.keywordType],
  ["var", tokenKind.keywordVar],
]);

/** Keywords behind which a line end is a semicolon (scanner.go `ident`). */
const endsStatement = new Set(["break", "continue", "fallthrough", "return"]);

/** A `//go:` comment; offsets are UTF-16 offsets into the text. */
export interface GoComment {
  /** Offset of the first slash. */
  readonly start: number;
  /** End of the comment without a trailing carriage return. */
  readonly end: number;
  /** Nothing but white space stands before it on its line. */
  readonly alone: boolean;
  /** Index of the first token behind it. */
  readonly beforeToken: number;
}

/** Tokens in parallel arrays (UTF-16 offsets); the last one is `eof`. */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** For a token that is closed by a later one: the index of that token, else -1. */
  readonly matches: Int32Array;
  readonly goComments: readonly GoComment[];
}

/** Never fails: what is no Go token becomes an `operator` of one character. */
export function scanTokens(text: string): Tokens {
  return new Scanner(text, { at: 0, semicolonAtLineEnd: false, blank: true }, 64 + (text.length >> 1)).scan();
}

/** Where a scan starts: behind a token, or at the start of a text. */
export interface ScanState {
  readonly at: number;
  /** The last token can end a statement, so a line end now is a semicolon. */
  readonly semicolonAtLineEnd: boolean;
  /** Nothing but white space has been skipped since the line began. */
  readonly blank: boolean;
}

/** A run of tokens; of the arrays only `count` elements are filled, `beforeToken` of the comments counts from its first one. */
export interface ScannedPart {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly goComments: readonly GoComment[];
  /** False where the text's end was reached: `eof` is then among the tokens. */
  readonly stopped: boolean;
}

/** As {@link scanTokens}, from a state up to the first token whose offset `stops` is true of; that token is left out. */
export function scanPart(text: string, from: ScanState, stops: (at: number) => boolean): ScannedPart {
  return new Scanner(text, from, 64).part(stops);
}

/** Whether a line end behind a token is a semicolon. */
export function endsStatementAt({ text, kinds, starts, ends }: Tokens, index: number): boolean {
  const kind = kinds[index] as TokenKind;
  if (kind === tokenKind.name) return true;
  return kind === tokenKind.keyword
    ? endsStatement.has(text.slice(starts[index], ends[index]))
    : endsStatementAsSign(text, kind, starts[index]!);
}

function endsStatementAsSign(text: string, kind: TokenKind, start: number): boolean {
  return (
    (kind >= tokenKind.int && kind <= tokenKind.string) ||
    kind === tokenKind.closeParen ||
    kind === tokenKind.closeBracket ||
    kind === tokenKind.closeBrace ||
    (kind === tokenKind.operator && (text.startsWith("++", start) || text.startsWith("--", start)))
  );
}

/** Parallel arrays that grow together. */
class TokenList {
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  count = 0;

  constructor(expected: number) {
    this.kinds = new Uint8Array(expected);
    this.starts = new Int32Array(expected);
    this.ends = new Int32Array(expected);
  }

  push(kind: TokenKind, start: number, end: number): void {
    if (this.count === this.kinds.length) this.#grow(this.count * 2);
    this.kinds[this.count] = kind;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }

  #grow(size: number): void {
    const { kinds, starts, ends } = this;
    this.kinds = new Uint8Array(size);
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.kinds.set(kinds);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}

/** `#at` is the offset of the next unread character. */
class Scanner {
  readonly #text: string;
  readonly #list: TokenList;
  readonly #goComments: GoComment[] = [];
  #at: number;
  #semicolonAtLineEnd: boolean;
  /** What the compiler calls a blank line. */
  #blank: boolean;

  /** `expected` is about how many tokens there will be. */
  constructor(text: string, { at, semicolonAtLineEnd, blank }: ScanState, expected: number) {
    this.#text = text;
    this.#list = new TokenList(expected);
    this.#at = at;
    this.#semicolonAtLineEnd = semicolonAtLineEnd;
    this.#blank = blank;
  }

  scan(): Tokens {
    this.#run(undefined);
    const { kinds, starts, ends, count } = this.#list;
    return { text: this.#text, count, kinds, starts, ends, matches: matchBrackets(kinds, count), goComments: this.#goComments };
  }

  part(stops: (at: number) => boolean): ScannedPart {
    const stopped = this.#run(stops);
    const { kinds, starts, ends, count } = this.#list;
    return { count, kinds, starts, ends, goComments: this.#goComments, stopped };
  }

  /** False where the text's end was reached. */
  #run(stops: ((at: number) => boolean) | undefined): boolean {
    const text = this.#text;
    for (this.#skipSpace(); this.#at < text.length; this.#skipSpace()) {
      const unit = text.charCodeAt(this.#at);
      const ahead = unit === slash ? text.charCodeAt(this.#at + 1) : 0;
      if (ahead === slash) this.#lineComment();
      else if (ahead === asterisk) this.#blockComment();
      else if (stops?.(this.#at) === true) return true;
      else this.#token(unit);
    }
    const list = this.#list;
    if (this.#semicolonAtLineEnd) list.push(tokenKind.semicolon, text.length, text.length);
    list.push(tokenKind.eof, text.length, text.length);
    return false;
  }

  /** A byte order mark may start the text. */
  #skipSpace(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === lineFeed) {
        this.#lineEnd();
        this.#blank = true;
      } else if (unit !== 32 && unit !== 9 && unit !== carriageReturn && (unit !== 0xfeff || this.#at > 0)) return;
    }
  }

  #lineEnd(): void {
    if (this.#semicolonAtLineEnd) this.#list.push(tokenKind.semicolon, this.#at, this.#at);
    this.#semicolonAtLineEnd = false;
  }

  #lineComment(): void {
    const text = this.#text;
    const start = this.#at;
    const lineEnd = text.indexOf("\n", start);
    this.#at = lineEnd < 0 ? text.length : lineEnd;
    if (!text.startsWith("//go:", start)) return;
    const end = text.charCodeAt(this.#at - 1) === carriageReturn ? this.#at - 1 : this.#at;
    this.#goComments.push({ start, end, alone: this.#blank, beforeToken: this.#list.count });
  }

  /** One with a line end in it ends a statement as a line end does. */
  #blockComment(): void {
    const text = this.#text;
    const start = this.#at;
    this.#blank = false;
    const close = text.indexOf("*/", start + 2);
    const end = close < 0 ? text.length : close + 2;
    if (this.#semicolonAtLineEnd && text.slice(start, end).includes("\n")) this.#lineEnd();
    this.#at = end;
  }

  #token(unit: number): void {
    const start = this.#at;
    this.#blank = false;
    if (isLetter(unit)) {
      this.#word(start);
      return;
    }
    const isNumber = isDigit(unit) || (unit === 46 && isDigit(this.#text.charCodeAt(start + 1)));
    const kind = isNumber ? this.#number() : this.#other(unit);
    this.#list.push(kind, start, this.#at);
    this.#semicolonAtLineEnd = endsStatementAsSign(this.#text, kind, start);
  }

  #word(start: number): void {
    const text = this.#text;
    let at = start + 1;
    for (let unit = text.charCodeAt(at); isLetter(unit) || isDigit(unit); unit = text.charCodeAt(at)) at++;
    this.#at = at;
    const length = at - start;
    const keyword = length >= 2 && length <= longestKeyword ? keywords.get(text.slice(start, at)) : undefined;
    this.#list.push(keyword ?? tokenKind.name, start, at);
    this.#semicolonAtLineEnd = keyword === undefined || (keyword === tokenKind.keyword && endsStatement.has(text.slice(start, at)));
  }

  #number(): TokenKind {
    const text = this.#text;
    const prefix = text.slice(this.#at, this.#at + 2).toLowerCase();
    const isHexadecimal = prefix === "0x";
    const hasPrefix = isHexadecimal || prefix === "0b" || prefix === "0o";
    let kind: TokenKind = tokenKind.int;
    if (hasPrefix) this.#at += 2;
    for (; this.#at < text.length; this.#at++) {
      const unit = text.charCodeAt(this.#at);
      const lower = unit | 32;
      if (isHexadecimal ? lower === 112 : lower === 101 && !hasPrefix) {
        kind = tokenKind.float;
        const sign = text.charCodeAt(this.#at + 1);
        if (sign === 43 || sign === 45) this.#at++;
      } else if (unit === 46) kind = tokenKind.float;
      else if (!isDigit(unit) && unit !== 95 && !(isHexadecimal && lower >= 97 && lower <= 102)) break;
    }
    if (text.charCodeAt(this.#at) !== 105) return kind;
    this.#at++;
    return tokenKind.imaginary;
  }

  #other(unit: number): TokenKind {
    const text = this.#text;
    if (unit === 96) {
      const close = text.indexOf("`", this.#at + 1);
      this.#at = close < 0 ? text.length : close + 1;
      return tokenKind.string;
    }
    if (unit === 34 || unit === 39) {
      this.#quoted(unit);
      return unit === 34 ? tokenKind.string : tokenKind.rune;
    }
    const single = punctuation.get(unit);
    if (single !== undefined) {
      this.#at++;
      return single;
    }
    for (const [spelling, kind] of operators) {
      if (!text.startsWith(spelling, this.#at)) continue;
      this.#at += spelling.length;
      return kind;
    }
    this.#at++;
    return tokenKind.operator;
  }

  /** An unclosed literal ends at the line's end, as in the compiler. */
  #quoted(quote: number): void {
    const text = this.#text;
    for (this.#at++; this.#at < text.length; this.#at++) {
      const unit = text.charCodeAt(this.#at);
      if (unit === lineFeed) return;
      if (unit === quote) {
        this.#at++;
        return;
      }
      if (unit === 92 && this.#at + 1 < text.length && text.charCodeAt(this.#at + 1) !== lineFeed) this.#at++;
    }
  }
}

const slash = 47;
const asterisk = 42;
const lineFeed = 10;
const carriageReturn = 13;
const longestKeyword = "fallthrough".length;

const punctuation = new Map<number, TokenKind>([
  [40, tokenKind.openParen],
  [41, tokenKind.closeParen],
  [91, tokenKind.openBracket],
  [93, tokenKind.closeBracket],
  [123, tokenKind.openBrace],
  [125, tokenKind.closeBrace],
  [44, tokenKind.comma],
  [59, tokenKind.semicolon],
]);

/** Longest first where one is the start of another. */
const operators: readonly (readonly [string, TokenKind])[] = [
  ["...", tokenKind.ellipsis],
  [".", tokenKind.dot],
  [":=", tokenKind.define],
  [":", tokenKind.colon],
  ["<<=", tokenKind.operator],
  [">>=", tokenKind.operator],
  ["&^=", tokenKind.operator],
  ["<-", tokenKind.arrow],
  ["<<", tokenKind.operator],
  [">>", tokenKind.operator],
  ["&^", tokenKind.operator],
  ["&&", tokenKind.operator],
  ["||", tokenKind.operator],
  ["++", tokenKind.operator],
  ["--", tokenKind.operator],
  ["==", tokenKind.operator],
  ["!=", tokenKind.operator],
  ["<=", tokenKind.operator],
  [">=", tokenKind.operator],
  ["+=", tokenKind.operator],
  ["-=", tokenKind.operator],
  ["*=", tokenKind.operator],
  ["/=", tokenKind.operator],
  ["%=", tokenKind.operator],
  ["&=", tokenKind.operator],
  ["|=", tokenKind.operator],
  ["^=", tokenKind.operator],
  ["*", tokenKind.star],
  ["=", tokenKind.assign],
];

function isLetter(unit: number): boolean {
  if (unit < 128) return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95;
  // Surrogates belong to letters beyond the basic plane; other characters only a letter test can tell.
  return (unit >= 0xd800 && unit <= 0xdfff) || isUnicodeLetter(unit);
}

/** Unicode letters, digits and marks are few in a source text: looked up once each. */
const letterCache = new Map<number, boolean>();
const letterPattern = /[\p{L}\p{Nd}]/u;

function isUnicodeLetter(unit: number): boolean {
  if (Number.isNaN(unit)) return false;
  let known = letterCache.get(unit);
  if (known === undefined) {
    known = letterPattern.test(String.fromCharCode(unit));
    letterCache.set(unit, known);
  }
  return known;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

export function matchBrackets(kinds: Uint8Array, count: number): Int32Array {
  const matches = new Int32Array(count).fill(-1);
  const open: number[] = [];
  for (let index = 0; index < count; index++) {
    const kind = kinds[index]!;
    if (kind === tokenKind.openParen || kind === tokenKind.openBracket || kind === tokenKind.openBrace) {
      open.push(index);
      continue;
    }
    if (kind !== tokenKind.closeParen && kind !== tokenKind.closeBracket && kind !== tokenKind.closeBrace) continue;
    // A brace closes forgotten parentheses and brackets; these never close a brace.
    while (open.length > 0) {
      const top = open[open.length - 1]!;
      const fits = kinds[top] === kind - 1;
      if (!fits && kinds[top] === tokenKind.openBrace) break;
      open.pop();
      if (!fits) continue;
      matches[top] = index;
      break;
    }
  }
  return matches;
}
