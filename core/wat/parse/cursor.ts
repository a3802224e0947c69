/** State of parsing one field: its tokens, the tree so far, and what was found. */
import type { Piece } from "../split.ts";
import { Token, wordOf } from "../token.ts";
import { nodeStride } from "../node.ts";
import type { NodeKind } from "../node.ts";
import { defaultIndex } from "../field.ts";
import type { Space } from "../field.ts";
import { nameText } from "../literal-string.ts";
import { naturalValue } from "../literal-number.ts";
import type { PlacedProblem, WatCode } from "../problem.ts";

/** More problems in one field help nobody. */
const problemLimit = 1000;

/** Nodes of the field being parsed. One buffer serves all: fields are parsed one after another, and each takes a copy at its end. */
let buffer = new Uint32Array(1024 * nodeStride);

function growBuffer(): void {
  const grown = new Uint32Array(buffer.length * 2);
  grown.set(buffer);
  buffer = grown;
}

export class Cursor {
  readonly tags: Uint16Array;
  readonly spans: Uint32Array;
  readonly text: string;
  /** Offset in `text` at which the piece starts. */
  readonly base: number;
  /** The next token. */
  at = 0;
  readonly problems: PlacedProblem[];
  readonly references: number[] = [];
  readonly checkedTypeUses: number[] = [];
  /** Set by a syntax error until the form around it has been left: what follows it in there is not worth a second message. */
  failed = false;
  /** Whether parentheses do not match, so that what else is found may only follow from that. */
  isDamaged = false;
  /** Bits of `LintHint`. */
  hints = 0;
  #reportedUnclosed = false;
  /** A bit for each space. */
  #defaultsUsed = 0;
  #parent = 0;
  #count = 0;

  constructor(piece: Piece, text: string, base: number) {
    this.tags = piece.tags;
    this.spans = piece.spans;
    this.text = text;
    this.base = base;
    this.problems = piece.problems.slice(0, problemLimit);
  }

  get tag(): number {
    return this.tags[this.at]!;
  }

  /** Tag of the token `ahead` tokens behind the next one; `Token.end` beyond the last. */
  peek(ahead: number): number {
    return this.tags[this.at + ahead] ?? Token.end;
  }

  /** Whether a form that starts with this word comes next. */
  atForm(word: number): boolean {
    return this.tags[this.at] === Token.leftParen && this.tags[this.at + 1] === word;
  }

  /** Starts a node at the next token. Returns its number. */
  open(kind: NodeKind): number {
    const node = this.#count++;
    const place = node * nodeStride;
    if (place + nodeStride > buffer.length) growBuffer();
    buffer[place] = kind;
    buffer[place + 1] = this.at;
    buffer[place + 4] = this.#parent;
    this.#parent = node;
    return node;
  }

  /** Ends the node opened last, before the next token. */
  close(node: number): void {
    const place = node * nodeStride;
    buffer[place + 2] = this.at;
    buffer[place + 3] = this.#count;
    this.#parent = buffer[place + 4]!;
  }

  firstToken(node: number): number {
    return buffer[node * nodeStride + 1]!;
  }

  /** Whether the node opened last, or the one that it ended, has nothing inside. */
  isEmpty(node: number): boolean {
    return this.#count === node + 1;
  }

  nodes(): Uint32Array {
    return buffer.slice(0, this.#count * nodeStride);
  }

  /** Starts a node for a form, behind its `(` and word. */
  openForm(kind: NodeKind): number {
    const node = this.open(kind);
    this.at += 2;
    return node;
  }

  /** Ends a form at its `)`. Anything before that is an error. */
  closeForm(node: number, expected = "`)`"): void {
    if (this.tag !== Token.rightParen) {
      this.expected(expected);
      this.skipToClose();
    }
    if (this.tag === Token.rightParen) this.at++;
    this.failed = false;
    this.close(node);
  }

  /** Goes to the `)` of the form around the next token, or to the end. */
  skipToClose(): void {
    let depth = 0;
    for (;;) {
      const tag = this.tag;
      if (tag === Token.end) return;
      if (tag === Token.leftParen) depth++;
      else if (tag === Token.rightParen && depth-- === 0) return;
      this.at++;
    }
  }

  /** Skips one token, or a whole form. */
  skipOne(): void {
    if (this.tag === Token.end) return;
    const first = this.tags[this.at++];
    if (first !== Token.leftParen) return;
    this.skipToClose();
    if (this.tag === Token.rightParen) this.at++;
  }

  textOf(token: number): string {
    return this.text.slice(this.base + this.spans[2 * token]!, this.base + this.spans[2 * token + 1]!);
  }

  nameOf(token: number): string {
    return nameText(this.text, this.base + this.spans[2 * token]!, this.base + this.spans[2 * token + 1]!);
  }

  /** Value of a `natural` token; see {@link naturalValue}. */
  naturalOf(token: number): number {
    return naturalValue(this.text, this.base + this.spans[2 * token]!, this.base + this.spans[2 * token + 1]!);
  }

  refer(space: Space, token: number): void {
    this.references.push(space, token);
  }

  /** Notes that memory or table 0 is used by the word at `token` without being written; once for a field. */
  referDefault(space: typeof Space.memory | typeof Space.table, token: number): void {
    if ((this.#defaultsUsed & (1 << space)) !== 0) return;
    this.#defaultsUsed |= 1 << space;
    this.references.push(space + defaultIndex, token);
  }

  /** Reports at a token, and marks the form around it as failed. */
  fail(code: WatCode, message: string, token = this.at, related?: PlacedProblem["related"]): void {
    if (!this.failed) this.report(code, message, token, related);
    this.failed = true;
  }

  /** Reports at a token; at the end of the field behind its last token. */
  report(code: WatCode, message: string, token: number, related?: PlacedProblem["related"]): void {
    if (this.problems.length >= problemLimit) return;
    const last = this.tags.length - 2;
    const placed = Math.max(0, Math.min(token, last));
    const start = this.spans[2 * placed] ?? 0;
    const end = this.spans[2 * placed + 1] ?? 0;
    this.problems.push({ code, message, start, end, ...(related === undefined ? {} : { related }) });
  }

  /** Reports a `(` without `)`; of several in one field only the first found. */
  reportUnclosed(token: number, what: string): void {
    if (!this.#reportedUnclosed) this.report("unclosed-paren", `${what} has no matching \`)\`.`, token);
    this.#reportedUnclosed = true;
    this.isDamaged = true;
  }

  /** Reports that something else than the next token should stand here. */
  expected(what: string): void {
    const tag = this.tag;
    // A token with a lexical error has had its message. The end is reached only where a parenthesis is missing, which is told once.
    if (tag === Token.broken || tag === Token.end) {
      this.failed = true;
      return;
    }
    if (tag === Token.unknown) return this.failUnknown(what);
    this.fail("unexpected-token", `Expected ${what}, but found ${this.describe(this.at)}.`);
  }

  /** Reports a token that is no token of the language. */
  failUnknown(what: string): void {
    const written = this.shortText(this.at);
    if (/^[+-]?[0-9]/.test(written)) {
      this.fail(
        "bad-number",
        `\`${written}\` is not a number. Digits may be separated by single \`_\`, and white space must follow a number. Expected ${what}.`,
      );
    } else this.fail("unexpected-token", `\`${written}\` is not a word of the text format. Expected ${what}.`);
  }

  /** A token in the words of a message. */
  describe(token: number): string {
    const tag = this.tags[token] ?? Token.end;
    if (tag === Token.end) return "the end";
    if (tag !== Token.leftParen) return `\`${this.shortText(token)}\``;
    const word = wordOf(this.tags[token + 1] ?? Token.end);
    return word === undefined ? "`(`" : `\`(${word}\``;
  }

  shortText(token: number): string {
    const written = this.textOf(token);
    return written.length > 40 ? `${written.slice(0, 40)}…` : written;
  }
}
