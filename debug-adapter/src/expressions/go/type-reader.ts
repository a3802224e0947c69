/** Types in expressions, which are written down again as debug information spells them. */
import { tokenKind, type TokenKind, type Tokens } from "#core/go/source/tokens.ts";
import { ExpressionError } from "../expression-error.ts";
import type { GoTypeText } from "./syntax.ts";

/** Types inside of types; no program has deeper ones. */
const deepest = 50;

/** A place in the tokens of an expression; what does not fit is told as Go's own parser does (go/parser, go/scanner). */
export class TokenCursor {
  readonly tokens: Tokens;
  at = 0;

  constructor(tokens: Tokens) {
    this.tokens = tokens;
  }

  get kind(): TokenKind {
    return (this.tokens.kinds[this.at] ?? tokenKind.eof) as TokenKind;
  }

  get text(): string {
    return this.textAt(this.at);
  }

  textAt(index: number): string {
    return this.tokens.text.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  next(): void {
    if (this.at < this.tokens.count - 1) this.at++;
  }

  is(text: string): boolean {
    return this.kind !== tokenKind.string && this.kind !== tokenKind.rune && this.text === text;
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.failExpected(`'${text}'`);
  }

  /** The semicolon that a line end stands for. */
  get isNewline(): boolean {
    return this.kind === tokenKind.semicolon && this.text !== ";";
  }

  failExpected(what: string): never {
    throw this.problem(`expected ${what}, found ${this.#found()}`);
  }

  /** With the place of the current token: line and column are 1-based, columns in bytes. */
  problem(message: string): ExpressionError {
    const before = this.tokens.text.slice(0, this.tokens.starts[this.at]);
    const line = before.split("\n").length;
    const column = new TextEncoder().encode(before.slice(before.lastIndexOf("\n") + 1)).length + 1;
    return new ExpressionError(`${line}:${column}: ${message}`);
  }

  #found(): string {
    if (this.isNewline) return "newline";
    if (this.kind === tokenKind.eof) return "'EOF'";
    return this.kind >= tokenKind.name && this.kind <= tokenKind.string ? this.text : `'${this.text}'`;
  }
}

/** Whether a type begins here that is no expression. */
export function startsType(cursor: TokenCursor): boolean {
  switch (cursor.kind) {
    case tokenKind.openBracket:
    case tokenKind.keywordChan:
    case tokenKind.keywordFunc:
    case tokenKind.keywordInterface:
    case tokenKind.keywordMap:
    case tokenKind.keywordStruct:
      return true;
    case tokenKind.arrow:
      return cursor.tokens.kinds[cursor.at + 1] === tokenKind.keywordChan;
    default:
      return false;
  }
}

/** Reads a type. Throws {@link ExpressionError}. */
export function readType(cursor: TokenCursor, depth = 0): GoTypeText {
  if (depth > deepest) throw cursor.problem("the type is nested too deep");
  const inner = (): GoTypeText => readType(cursor, depth + 1);
  switch (cursor.kind) {
    case tokenKind.star:
      cursor.next();
      return `*${inner()}`;
    case tokenKind.openParen: {
      cursor.next();
      const type = inner();
      cursor.expect(")");
      return type;
    }
    case tokenKind.openBracket:
      return readArray(cursor, inner);
    case tokenKind.keywordMap: {
      cursor.next();
      cursor.expect("[");
      const key = inner();
      cursor.expect("]");
      return `map[${key}]${inner()}`;
    }
    case tokenKind.arrow:
    case tokenKind.keywordChan:
      return readChannel(cursor, inner);
    case tokenKind.keywordFunc:
      cursor.next();
      return `func${readSignature(cursor, depth)}`;
    case tokenKind.keywordInterface:
      return readMembers(cursor, "interface", () => `${readName(cursor)}${readSignature(cursor, depth)}`);
    case tokenKind.keywordStruct:
      return readMembers(cursor, "struct", () => `${readName(cursor)} ${inner()}`);
    case tokenKind.name:
      return readNamed(cursor, inner);
    default:
      return cursor.failExpected("type");
  }
}

function readName(cursor: TokenCursor): string {
  if (cursor.kind !== tokenKind.name) cursor.failExpected("'IDENT'");
  const name = cursor.text;
  cursor.next();
  return name;
}

function readArray(cursor: TokenCursor, inner: () => GoTypeText): GoTypeText {
  cursor.expect("[");
  let length = "";
  if (cursor.kind === tokenKind.int) {
    length = String(BigInt(cursor.text.replaceAll("_", "")));
    cursor.next();
  }
  cursor.expect("]");
  return `[${length}]${inner()}`;
}

function readChannel(cursor: TokenCursor, inner: () => GoTypeText): GoTypeText {
  if (cursor.take("<-")) {
    cursor.expect("chan");
    return `<-chan ${inner()}`;
  }
  cursor.next();
  if (cursor.take("<-")) return `chan<- ${inner()}`;
  const elem = inner();
  return elem.startsWith("<-chan ") ? `chan (${elem})` : `chan ${elem}`;
}

/** Parameters and results, whose names debug information has not. */
function readSignature(cursor: TokenCursor, depth: number): string {
  const parameters = readTuple(cursor, depth);
  if (cursor.kind === tokenKind.openParen) {
    const results = readTuple(cursor, depth);
    return `${parameters} ${results.includes(", ") ? results : results.slice(1, -1)}`.trimEnd();
  }
  const hasResult = cursor.kind === tokenKind.name || cursor.kind === tokenKind.star || startsType(cursor);
  return hasResult ? `${parameters} ${readType(cursor, depth + 1)}` : parameters;
}

function readTuple(cursor: TokenCursor, depth: number): string {
  cursor.expect("(");
  const types: string[] = [];
  while (!cursor.is(")")) {
    if (types.length > 0) cursor.expect(",");
    const variadic = cursor.take("...") ? "..." : "";
    types.push(variadic + readType(cursor, depth + 1));
  }
  cursor.expect(")");
  return `(${types.join(", ")})`;
}

/** The methods of an interface or the fields of a struct. */
function readMembers(cursor: TokenCursor, keyword: string, member: () => string): GoTypeText {
  cursor.next();
  cursor.expect("{");
  const members: string[] = [];
  while (cursor.kind === tokenKind.name) {
    members.push(member());
    if (!cursor.isNewline && !cursor.is(";")) break;
    cursor.next();
  }
  cursor.expect("}");
  return members.length === 0 ? `${keyword} {}` : `${keyword} { ${members.join("; ")} }`;
}

/** A defined type, with its package and type arguments where it has some. */
function readNamed(cursor: TokenCursor, inner: () => GoTypeText): GoTypeText {
  let name = readName(cursor);
  if (cursor.take(".")) name += `.${readName(cursor)}`;
  if (!cursor.take("[")) return name;
  const types = [inner()];
  while (cursor.take(",")) types.push(inner());
  cursor.expect("]");
  return `${name}[${types.join(",")}]`;
}
