/** Finds where statements start and end in a function body: there the compiler's parser meets pending directives. */
import type { TokenRange } from "./syntax.ts";
import { tokenKind as kind, type Tokens } from "./tokens.ts";
import { TypeParser } from "./type-parser.ts";

/**
 * What an open bracket holds: statements, or part of an expression. `header` is set between `if`, `for`, `switch` or
 * `select` and its block: there a brace behind a name opens the block, not a composite literal.
 */
interface Level {
  readonly statements: boolean;
  header: boolean;
  inCase: boolean;
}

/**
 * Calls `meet(token index, taken)` at every point where the parser either lets a declaration take a directive (which
 * wasm directives do not survive) or throws it away. `range` is a body with its braces, or a piece of an expression.
 */
export function walkStatements(tokens: Tokens, range: TokenRange, meet: (at: number, taken: boolean) => void): void {
  const parser = new TypeParser(tokens);
  const levels: Level[] = [{ statements: false, header: false, inCase: false }];
  let statementStart = false;
  parser.at = range.from;
  const enterBlock = (): void => {
    levels.push({ statements: true, header: false, inCase: false });
    statementStart = true;
    parser.next();
  };
  if (parser.kind() === kind.openBrace) enterBlock();
  while (parser.at < range.to) {
    const level = levels[levels.length - 1]!;
    const current = parser.kind();
    if (statementStart && level.statements && current !== kind.closeBrace && current !== kind.keywordCase) {
      statementStart = false;
      if (current === kind.keywordVar || current === kind.keywordConst || current === kind.keywordType) {
        walkLocalDeclaration(parser, meet);
        continue;
      }
      meet(parser.at, false);
      if (current === kind.name && parser.kind(1) === kind.colon) {
        parser.next();
        parser.next();
        statementStart = true;
        continue;
      }
      if (current === kind.openBrace) {
        enterBlock();
        continue;
      }
    }
    switch (current) {
      case kind.semicolon:
        if (level.statements && !level.header) {
          meet(parser.at, false);
          statementStart = true;
        }
        parser.next();
        break;
      case kind.keywordHeader:
        level.header = true;
        parser.next();
        break;
      case kind.keywordCase:
        level.inCase = true;
        statementStart = false;
        parser.next();
        break;
      case kind.colon:
        if (level.statements && level.inCase) {
          level.inCase = false;
          statementStart = true;
        }
        parser.next();
        break;
      case kind.keywordFunc:
        parser.next();
        if (parser.kind() === kind.openParen) parser.signature();
        if (parser.kind() === kind.openBrace) enterBlock();
        break;
      case kind.openBracket:
      case kind.keywordMap:
      case kind.keywordStruct:
      case kind.keywordInterface:
      case kind.keywordChan:
        walkTypeOrIndex(parser, levels);
        break;
      case kind.openParen:
        levels.push({ statements: false, header: false, inCase: false });
        parser.next();
        break;
      case kind.openBrace:
        if ((level.statements && level.header) || (parser.kind(-1) === kind.keyword && parser.text(parser.at - 1) === "else")) {
          level.header = false;
          enterBlock();
          break;
        }
        levels.push({ statements: false, header: false, inCase: false });
        parser.next();
        break;
      case kind.closeParen:
      case kind.closeBracket:
      case kind.closeBrace:
        if (levels.length > 1) levels.pop();
        statementStart = false;
        parser.next();
        break;
      default:
        parser.next();
    }
  }
}

/** `x[i]` opens an expression; where an operand may start, a bracket or keyword starts a type, perhaps of a literal. */
function walkTypeOrIndex(parser: TypeParser, levels: Level[]): void {
  if (parser.kind() === kind.openBracket && endsOperand(parser)) {
    levels.push({ statements: false, header: false, inCase: false });
    parser.next();
    return;
  }
  const before = parser.at;
  parser.type();
  if (parser.at === before) parser.next();
  if (parser.kind() !== kind.openBrace) return;
  levels.push({ statements: false, header: false, inCase: false });
  parser.next();
}

function endsOperand(parser: TypeParser): boolean {
  switch (parser.kind(-1)) {
    case kind.name:
    case kind.string:
    case kind.closeParen:
    case kind.closeBracket:
    case kind.closeBrace:
      return true;
    default:
      return false;
  }
}

/** A local `var`, `const` or `type`: alone it takes what is pending, before a group it does not. */
function walkLocalDeclaration(parser: TypeParser, meet: (at: number, taken: boolean) => void): void {
  parser.next();
  if (parser.kind() !== kind.openParen) {
    meet(parser.at, true);
    return;
  }
  meet(parser.at, false);
  const close = parser.tokens.matches[parser.at]!;
  parser.next();
  let specification = true;
  while (parser.at < close) {
    if (specification) meet(parser.at, true);
    specification = parser.kind() === kind.semicolon;
    const match = parser.tokens.matches[parser.at]!;
    if (match > 0) parser.at = match;
    parser.next();
  }
  parser.next();
}
