/**
 * Cuts a text into pieces: the fields of modules, heads and ends of modules, commands of scripts. Where parentheses do not match, a field
 * ends before the next thing that can only be a field, so that one mistake does not reach into the next.
 */
import type { PlacedProblem } from "./problem.ts";
import { Scope } from "./field.ts";
import type { Tokens } from "./field.ts";
import { Lexer, tokenRoom } from "./lexer.ts";
import type { OldTokens } from "./lexer.ts";
import { Token, Word } from "./token.ts";

/** What a piece is, told from its first tokens. */
export const Role = { field: 0, opening: 1, closing: 2, command: 3, stray: 4, end: 5 } as const;
export type Role = (typeof Role)[keyof typeof Role];

/** A piece before it is parsed; offsets count from its start. */
export interface Piece extends Tokens {
  readonly role: Role;
  readonly scope: Scope;
  readonly length: number;
  readonly reach: number;
  readonly trivia: readonly number[];
  readonly problems: readonly PlacedProblem[];
  /** Whether each `(` has its `)`. */
  readonly isClosed: boolean;
}

export type Language = "wat" | "wast";

const fieldWords = new Set([
  Word.type, Word.rec, Word.import, Word.func, Word.table, Word.memory, Word.global, Word.tag, Word.export, Word.start, Word.elem, Word.data,
]); // prettier-ignore
const typeWords = new Set([Word.func, Word.struct, Word.array, Word.sub, Word.cont]);
const externWords = new Set([Word.func, Word.table, Word.memory, Word.global, Word.tag]);
const assertions = new Set([
  Word.assert_return, Word.assert_trap, Word.assert_exception, Word.assert_suspension, Word.assert_exhaustion, Word.assert_invalid,
  Word.assert_malformed, Word.assert_unlinkable, Word.assert_invalid_custom, Word.assert_malformed_custom,
]); // prettier-ignore
const commands = new Set([
  ...assertions,
  Word.register,
  Word.invoke,
  Word.get,
  Word.script,
  Word.input,
  Word.output,
  Word.thread,
  Word.wait,
]);
/** Commands that hold other commands. */
const nesting = new Set([Word.script, Word.thread]);
const rejecting = new Set([Word.assert_invalid, Word.assert_malformed]);

/** What can stand in front of a nested form that is spelled like a field, by the form's word; a string is `Token.string`. */
const nestedBehind = new Map<number, ReadonlySet<number>>([
  [Word.func, new Set([Word.type, Word.sub, Word.final, Word.export, Token.name, Token.quotedName, Token.natural, Token.string])],
  [Word.global, new Set<number>([Token.string])],
  [Word.tag, new Set<number>([Token.string])],
]);

/** One serves all texts, because they are read one after another: to make it anew takes longer than to read a small text. */
const sharedRoom = tokenRoom(1024);

/** Yields the pieces of a text one by one, from any boundary between pieces. Only one may be in use at a time. */
export class Splitter {
  readonly #lexer: Lexer;
  readonly #language: Language;
  scope: Scope;
  /** Offset at which the next piece starts. */
  position: number;
  /** Tokens of the parentheses that are open in the form being read. */
  readonly #heads: number[] = [];

  /** `old`: tokens from `position` on, of the text before a change. */
  constructor(text: string, language: Language, position: number, scope: Scope, old?: OldTokens) {
    this.#lexer = new Lexer(text, position, old, sharedRoom);
    this.#language = language;
    this.position = position;
    this.scope = scope;
  }

  /** The next piece. The last one has role `end`; it holds what follows the last token. */
  next(): Piece {
    const tag = this.#peek(0);
    if (tag === Token.end) return this.#cut(Role.end, 0, this.scope);
    if (tag === Token.rightParen) return this.#closing();
    if (tag !== Token.leftParen) {
      if (tag === Token.string && this.#peek(1) === Token.rightParen && isAssertion(this.scope))
        return this.#cut(Role.closing, 2, Scope.top);
      return this.#stray();
    }
    const word = this.#peek(1);
    if (word === Word.module) return this.#module();
    if (fieldWords.has(word) && !isAssertion(this.scope)) return this.#form(Role.field);
    if (commands.has(word) && this.#language === "wast") return this.#command(word);
    return this.#stray();
  }

  #peek(index: number): number {
    while (this.#lexer.count <= index) if (this.#lexer.next() === Token.end) return Token.end;
    return this.#lexer.tags[index]!;
  }

  /** `(module`: an opening, or a whole command where the module is not written as fields. */
  #module(): Piece {
    if (this.scope !== Scope.top && !isAssertion(this.scope)) {
      // The module before lacks its `)`. An empty closing ends it, so that this one is read as what it is.
      return this.#cut(Role.closing, 0, this.scope === Scope.module ? Scope.top : assertionOf(this.scope));
    }
    let at = 2;
    if (this.#peek(at) === Word.definition) at++;
    if (isName(this.#peek(at))) at++;
    const next = this.#peek(at);
    if (next === Word.binary || next === Word.quote || next === Word.instance) return this.#form(Role.command);
    return this.#cut(Role.opening, at, moduleOf(this.scope));
  }

  #command(word: number): Piece {
    if (this.scope !== Scope.top) return this.#cut(Role.closing, 0, Scope.top);
    if (!assertions.has(word) || this.#peek(2) !== Token.leftParen || this.#peek(3) !== Word.module) return this.#form(Role.command);
    let at = 4;
    if (this.#peek(at) === Word.definition) at++;
    if (isName(this.#peek(at))) at++;
    const next = this.#peek(at);
    if (next === Word.binary || next === Word.quote || next === Word.instance) return this.#form(Role.command);
    return this.#cut(Role.opening, 2, rejecting.has(word) ? Scope.rejected : Scope.assertion);
  }

  /** `)`: the end of the module, unless fields follow; then it is one too many. */
  #closing(): Piece {
    if (this.scope === Scope.top) return this.#stray();
    if (isAssertion(this.scope)) return this.#cut(Role.closing, 1, Scope.top);
    if (this.#continues(1)) return this.#stray();
    return this.#cut(Role.closing, 1, this.scope === Scope.module ? Scope.top : assertionOf(this.scope));
  }

  /** Everything up to the next thing that can be a piece is one mistake. */
  #stray(): Piece {
    let at = 1;
    while (!this.#endsStray(at)) at++;
    return this.#cut(Role.stray, at, this.scope);
  }

  #endsStray(at: number): boolean {
    const tag = this.#peek(at);
    if (tag === Token.leftParen) return this.#startsPiece(at);
    if (tag === Token.rightParen) return this.scope !== Scope.top && !this.#continues(at + 1);
    return tag === Token.end;
  }

  /** Whether the form at a token, which may be anywhere, can only be a piece. */
  #startsPiece(at: number): boolean {
    const word = this.#peek(at + 1);
    if (word === Word.type) return this.#definesType(at);
    if (word === Word.import || word === Word.export) return this.#isFieldNotInline(at, word);
    return word === Word.module || fieldWords.has(word) || (this.#language === "wast" && commands.has(word));
  }

  /** `(import "m" "n")` and `(export "n")` belong to a definition; a field goes on with a form. */
  #isFieldNotInline(at: number, word: number): boolean {
    const strings = word === Word.import ? 2 : 1;
    for (let string = 0; string < strings; string++) if (this.#peek(at + 2 + string) !== Token.string) return false;
    return this.#peek(at + 2 + strings) === Token.leftParen;
  }

  /** Whether the module goes on at a token, seen from behind a `)`. */
  #continues(at: number): boolean {
    const tag = this.#peek(at);
    if (tag === Token.end) return false;
    if (this.#language === "wast") return tag === Token.leftParen && fieldWords.has(this.#peek(at + 1));
    return !(tag === Token.leftParen && this.#peek(at + 1) === Word.module);
  }

  /** A form from `(` to its `)`, or up to what cannot be inside of it. */
  #form(role: Role): Piece {
    const lexer = this.#lexer;
    const endsAtAssertion = role === Role.command && !nesting.has(this.#peek(1));
    let depth = 0;
    let at = 0;
    for (;;) {
      // Most tokens have no parenthesis, and fields have millions of them.
      const tag = at < lexer.count ? lexer.tags[at]! : lexer.next();
      if (tag === Token.leftParen) {
        const word = this.#peek(at + 1);
        if (depth > 0 && role === Role.field && this.#cannotNest(at, word, depth)) break;
        if (depth > 0 && endsAtAssertion && assertions.has(word)) break;
        this.#heads[depth++] = at;
      } else if (tag === Token.rightParen) {
        if (--depth === 0) return this.#cut(role, at + 1, this.scope);
      } else if (tag === Token.end) break;
      at++;
    }
    return this.#cut(role, Math.min(at, lexer.count), this.scope, false);
  }

  /** Whether the form at token `at` begins a new field though `depth` parentheses are open. */
  #cannotNest(at: number, word: number, depth: number): boolean {
    if (word === Word.module || (this.#language === "wast" && assertions.has(word))) return true;
    if (!fieldWords.has(word)) return false;
    const { tags } = this.#lexer;
    const headAt = this.#heads[depth - 1]! + 1;
    const head = tags[headAt]!;
    const previous = tags[at - 1]!;
    // A compact import lists its items first: `(import "m" (item "a") (item "b") (func))`.
    if (head === Word.import && tags[headAt + 2] !== Token.string && externWords.has(word)) return false;
    switch (word) {
      case Word.start:
      case Word.rec:
        return true;
      case Word.import:
      case Word.export:
        return this.#isFieldNotInline(at, word);
      case Word.type:
        return head !== Word.rec && this.#definesType(at);
      case Word.table:
        return head !== Word.elem && previous !== Token.string;
      case Word.memory:
        return head !== Word.data && previous !== Token.string;
      case Word.elem:
        return head !== Word.table;
      case Word.data:
        return head !== Word.memory;
      default:
        return !nestedBehind.get(word)!.has(previous) || (word === Word.func && (head === Word.func || isInstructionHead(head)));
    }
  }

  /** `(type $x (...` defines a type, `(type $x)` uses one. */
  #definesType(at: number): boolean {
    const form = isName(this.#peek(at + 2)) ? at + 3 : at + 2;
    return this.#peek(form) === Token.leftParen && typeWords.has(this.#peek(form + 1));
  }

  /** Takes the first `count` tokens as a piece; what is behind the last of them belongs to the next. */
  #cut(role: Role, count: number, scopeAfter: Scope, isClosed = true): Piece {
    const lexer = this.#lexer;
    const start = this.position;
    const end = role === Role.end ? lexer.position : count === 0 ? start : lexer.spans[2 * count - 1]!;
    const tags = count === 0 ? noTags : new Uint16Array(count + 1);
    const spans = count === 0 ? noSpans : new Uint32Array(2 * count);
    for (let token = 0; token < count; token++) tags[token] = lexer.tags[token]!;
    for (let index = 0; index < spans.length; index++) spans[index] = lexer.spans[index]! - start;
    const triviaLength = lexer.trivia.length === 0 ? 0 : lexer.triviaBefore(end);
    const trivia =
      triviaLength === 0 ? noNumbers : lexer.trivia.slice(0, triviaLength).map((value, index) => (index % 3 === 0 ? value : value - start));
    const problems =
      lexer.problems.length === 0
        ? noProblems
        : lexer.problems
            .filter((problem) => problem.start < end)
            .map((problem) => ({ ...problem, start: problem.start - start, end: problem.end - start }));
    // One unit behind the last token read was looked at too, to know that the token ends there.
    const piece = {
      role,
      scope: this.scope,
      length: end - start,
      reach: lexer.position + 1 - start,
      tags,
      spans,
      trivia,
      problems,
      isClosed,
    };
    lexer.drop(count, end);
    this.position = end;
    this.scope = scopeAfter;
    return piece;
  }
}

const noTags = Uint16Array.of(Token.end);
const noSpans = new Uint32Array(0);
const noNumbers: readonly number[] = [];
const noProblems: readonly PlacedProblem[] = [];

function isName(tag: number): boolean {
  return tag === Token.name || tag === Token.quotedName;
}

function isInstructionHead(tag: number): boolean {
  return tag >= 256;
}

function isAssertion(scope: Scope): boolean {
  return scope === Scope.assertion || scope === Scope.rejected;
}

function assertionOf(scope: Scope): Scope {
  return scope === Scope.rejectedModule ? Scope.rejected : Scope.assertion;
}

function moduleOf(scope: Scope): Scope {
  if (scope === Scope.assertion) return Scope.assertedModule;
  return scope === Scope.rejected ? Scope.rejectedModule : Scope.module;
}
