/** Functions whose parameters and results are read when somebody asks for them: few of a file's ever are. */
import type { Span } from "#core/text/positions.ts";
import type { FuncDeclaration, NameNode, ParameterNode, SignatureNode, TokenRange, TypeParameterNode } from "./syntax.ts";
import { tokenKind as kind, type Tokens } from "./tokens.ts";
import { TypeParser } from "./type-parser.ts";

type Parts = Omit<FuncDeclaration, "signature"> & {
  /** Where it was not read yet, the index of its first token. */
  readonly signature: SignatureNode | number;
  /** What stands before the signature could be read. */
  readonly isComplete: boolean;
};

export class LazyFunction implements FuncDeclaration {
  readonly name: NameNode;
  readonly receiver: ParameterNode | undefined;
  readonly parameters: readonly TypeParameterNode[];
  readonly position: number;
  readonly span: Span;
  readonly tokens: TokenRange;
  readonly body: TokenRange | undefined;
  readonly #source: Tokens;
  readonly #isComplete: boolean;
  #signature: SignatureNode | number;

  constructor(source: Tokens, { name, receiver, parameters, signature, isComplete, position, span, tokens, body }: Parts) {
    this.name = name;
    this.receiver = receiver;
    this.parameters = parameters;
    this.position = position;
    this.span = span;
    this.tokens = tokens;
    this.body = body;
    this.#source = source;
    this.#isComplete = isComplete;
    this.#signature = signature;
  }

  get signature(): SignatureNode {
    if (typeof this.#signature === "number") {
      const parser = new TypeParser(this.#source);
      parser.at = this.#signature;
      this.#signature = parser.signature();
    }
    // The object is the same each time: others remember what they found out about its parts.
    if (!this.#isComplete && this.#signature.complete) this.#signature = { ...this.#signature, complete: false };
    return this.#signature;
  }
}

/**
 * The index of the token behind a signature that starts at token `at`; undefined where only reading it tells. That is where a bracket
 * other than `[]` stands in it: what is between others can be broken in many ways.
 */
export function endOfPlainSignature(tokens: Tokens, at: number): number | undefined {
  const parameters = endOfPlainList(tokens, at);
  if (parameters === undefined) return undefined;
  const { kinds } = tokens;
  if (kinds[parameters] === kind.openParen) return endOfPlainList(tokens, parameters);
  let index = parameters;
  while (kinds[index] === kind.star || (kinds[index] === kind.openBracket && kinds[index + 1] === kind.closeBracket))
    index += kinds[index] === kind.star ? 1 : 2;
  const isPrefixed = index > parameters;
  if (kinds[index] === kind.name) index += kinds[index + 1] === kind.dot && kinds[index + 2] === kind.name ? 3 : 1;
  else if (isPrefixed) return undefined;
  return isEnd(kinds[index]!) ? index : undefined;
}

/** Behind a parenthesised list of names, pointers, slices and dots. */
function endOfPlainList({ kinds }: Tokens, open: number): number | undefined {
  if (kinds[open] !== kind.openParen) return undefined;
  for (let index = open + 1; ; index++) {
    switch (kinds[index]) {
      case kind.closeParen:
        return index + 1;
      case kind.name:
      case kind.comma:
      case kind.dot:
      case kind.star:
      case kind.ellipsis:
        break;
      case kind.openBracket:
        if (kinds[index + 1] !== kind.closeBracket) return undefined;
        index++;
        break;
      default:
        return undefined;
    }
  }
}

/** What stands behind a signature that is whole. */
function isEnd(token: number): boolean {
  return token === kind.openBrace || token === kind.semicolon || token === kind.eof;
}
