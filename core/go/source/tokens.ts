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
  const capacity = text.length + 2;
  const estimate = Math.min(capacity, 64 + (text.length >> 1));
  let kinds = new Uint8Array(estimate);
  let starts = new Int32Array(estimate);
  let ends = new Int32Array(estimate);
  const goComments: GoComment[] = [];
  let count = 0;
  let at = 0;
  let semicolonAtLineEnd = false;

  const push = (kind: TokenKind, start: number, end: number): void => {
    if (count === kinds.length) {
      const size = Math.min(capacity * 2, count * 2 + 16);
      const grow = <A extends Uint8Array | Int32Array>(from: A, to: A): A => {
        to.set(from);
        return to;
      };
      kinds = grow(kinds, new Uint8Array(size));
      starts = grow(starts, new Int32Array(size));
      ends = grow(ends, new Int32Array(size));
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    count++;
  };

  // The compiler calls a comment alone on its line by what it skipped since the last token or block comment.
  let blank = true;
  for (;;) {
    let unit = text.charCodeAt(at);
    while (unit === 32 || unit === 9 || unit === 13 || unit === 10 || (unit === 0xfeff && at === 0)) {
      if (unit === 10) {
        if (semicolonAtLineEnd) {
          push(tokenKind.semicolon, at, at);
          semicolonAtLineEnd = false;
        }
        blank = true;
      }
      unit = text.charCodeAt(++at);
    }
    if (at >= text.length) break;
    const start = at;
    const alone = blank;
    if (unit === 47 && text.charCodeAt(at + 1) === 47) {
      const lineEnd = text.indexOf("\n", at);
      at = lineEnd < 0 ? text.length : lineEnd;
      if (text.startsWith("//go:", start)) {
        const end = text.charCodeAt(at - 1) === 13 ? at - 1 : at;
        // A semicolon that this line end will still insert comes before whatever the comment belongs to.
        goComments.push({ start, end, alone, beforeToken: semicolonAtLineEnd ? count + 1 : count });
      }
      continue;
    }
    blank = false;
    if (unit === 47 && text.charCodeAt(at + 1) === 42) {
      const close = text.indexOf("*/", at + 2);
      at = close < 0 ? text.length : close + 2;
      const lineBreak = text.indexOf("\n", start);
      if (semicolonAtLineEnd && lineBreak >= 0 && lineBreak < at) {
        push(tokenKind.semicolon, start, start);
        semicolonAtLineEnd = false;
      }
      continue;
    }
    if (isLetter(unit)) {
      at++;
      while (isLetter((unit = text.charCodeAt(at))) || (unit >= 48 && unit <= 57)) at++;
      const length = at - start;
      const word = length <= 11 && length >= 2 ? keywords.get(text.slice(start, at)) : undefined;
      push(word ?? tokenKind.name, start, at);
      semicolonAtLineEnd = word === undefined || (word === tokenKind.keyword && endsStatement.has(text.slice(start, at)));
      continue;
    }
    const kind = isDigit(unit) || (unit === 46 && isDigit(text.charCodeAt(at + 1))) ? scanNumber() : scanOther(unit);
    push(kind, start, at);
    semicolonAtLineEnd =
      (kind >= tokenKind.int && kind <= tokenKind.string) ||
      kind === tokenKind.closeParen ||
      kind === tokenKind.closeBracket ||
      kind === tokenKind.closeBrace ||
      (kind === tokenKind.operator && (text.startsWith("++", start) || text.startsWith("--", start)));
  }
  if (semicolonAtLineEnd) push(tokenKind.semicolon, text.length, text.length);
  push(tokenKind.eof, text.length, text.length);
  return { text, count, kinds, starts, ends, matches: matchBrackets(kinds, count), goComments };

  function scanNumber(): TokenKind {
    const prefix = text.slice(at, at + 2).toLowerCase();
    const based = prefix === "0x" || prefix === "0b" || prefix === "0o";
    let kind: TokenKind = tokenKind.int;
    if (based) at += 2;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at) | 32;
      const exponent = prefix === "0x" ? unit === 112 : unit === 101 && !based;
      if (exponent) {
        kind = tokenKind.float;
        const sign = text.charCodeAt(at + 1);
        if (sign === 43 || sign === 45) at++;
      } else if (text.charCodeAt(at) === 46) kind = tokenKind.float;
      else if (!(isDigit(text.charCodeAt(at)) || text.charCodeAt(at) === 95 || (prefix === "0x" && unit >= 97 && unit <= 102))) break;
    }
    if (text.charCodeAt(at) !== 105) return kind;
    at++;
    return tokenKind.imaginary;
  }

  function scanOther(unit: number): TokenKind {
    if (unit === 96) {
      const close = text.indexOf("`", at + 1);
      at = close < 0 ? text.length : close + 1;
      return tokenKind.string;
    }
    if (unit === 34 || unit === 39) {
      scanQuoted(unit);
      return unit === 34 ? tokenKind.string : tokenKind.rune;
    }
    const single = punctuation.get(unit);
    if (single !== undefined) {
      at++;
      return single;
    }
    for (const [spelling, kind] of operators) {
      if (!text.startsWith(spelling, at)) continue;
      at += spelling.length;
      return kind;
    }
    at++;
    return tokenKind.operator;
  }

  /** An unclosed literal ends at the line's end, as in the compiler. */
  function scanQuoted(quote: number): void {
    for (at++; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 10) return;
      if (unit === quote) {
        at++;
        return;
      }
      if (unit === 92 && at + 1 < text.length && text.charCodeAt(at + 1) !== 10) at++;
    }
  }
}

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

function matchBrackets(kinds: Uint8Array, count: number): Int32Array {
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
      const fits = kinds[top]! === kind - 1;
      if (!fits && kinds[top] === tokenKind.openBrace) break;
      open.pop();
      if (!fits) continue;
      matches[top] = index;
      break;
    }
  }
  return matches;
}
