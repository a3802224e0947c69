/** Where in the trees of a document an offset is. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import type { Field, FieldText } from "../field.ts";
import { Node, nodeStride } from "../node.ts";
import { Token } from "../token.ts";

/** A token of a document. */
export interface TokenPlace {
  /** Place of its field in the document. */
  readonly at: number;
  readonly source: FieldText;
  readonly token: number;
}

/**
 * The token that holds a UTF-16 offset, or touches it; of two that touch it the one that is no parenthesis, then the second.
 * `undefined` in white space and comments.
 */
export function tokenAt(document: WatDocument, offset: number): TokenPlace | undefined {
  const at = document.fieldAt(offset);
  const here = tokenIn(document, at, offset);
  if (here !== undefined && !isParenthesis(here)) return here;
  // The end of a field is the start of the next one.
  const before = at > 0 && document.starts[at] === offset ? tokenIn(document, at - 1, offset) : undefined;
  return before !== undefined && (here === undefined || !isParenthesis(before)) ? before : here;
}

function isParenthesis({ source, token }: TokenPlace): boolean {
  const tag = source.field.tags[token];
  return tag === Token.leftParen || tag === Token.rightParen;
}

function tokenIn(document: WatDocument, at: number, offset: number): TokenPlace | undefined {
  const source = document.fieldText(at);
  const { field } = source;
  const local = offset - source.base;
  const token = lastTokenFrom(field, local);
  if (token < 0) return undefined;
  const touches = field.spans[2 * token + 1]! >= local;
  const place = touches ? { at, source, token } : undefined;
  const isBetween = token > 0 && field.spans[2 * token] === local && field.spans[2 * token - 1] === local;
  if (isBetween && place !== undefined && isParenthesis(place)) {
    const before = { at, source, token: token - 1 };
    if (!isParenthesis(before)) return before;
  }
  return place;
}

/** The last token that starts at or before an offset within a field; -1 where there is none. */
export function lastTokenFrom(field: Field, offset: number): number {
  let low = -1;
  let high = field.tokenCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (field.spans[2 * middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The innermost node that has a token. */
export function nodeWith(field: Field, token: number): number {
  let low = 0;
  let high = field.nodeCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (field.nodes[middle * nodeStride + 1]! <= token) low = middle;
    else high = middle - 1;
  }
  let node = low;
  while (node > 0 && field.endToken(node) <= token) node = field.parentOf(node);
  return node;
}

/** The module that a field belongs to; its opening and its end belong to it, too. */
export function moduleOf(document: WatDocument, at: number): BoundModule | undefined {
  const { modules } = document;
  let low = 0;
  let high = modules.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((modules[middle]!.opening ?? modules[middle]!.first) <= at) low = middle;
    else high = middle - 1;
  }
  const module = modules[low];
  return module !== undefined && at >= (module.opening ?? module.first) && at <= module.end ? module : undefined;
}

export function isName(tag: number | undefined): boolean {
  return tag === Token.name || tag === Token.quotedName;
}

export function isIndex(tag: number | undefined): boolean {
  return tag === Token.natural || isName(tag);
}

export function isInstruction(kind: number): boolean {
  return kind === Node.plain || kind === Node.folded || kind === Node.block || kind === Node.foldedBlock;
}

/** Parts of an instruction's immediates that are nodes. */
export const immediateNodes: ReadonlySet<number> = new Set([
  Node.typeUse,
  Node.param,
  Node.result,
  Node.refType,
  Node.catchClause,
  Node.handler,
]);

/** The name of an instruction and its immediates, without operands: the token behind them. */
export function headEnd(field: Field, node: number): number {
  const end = field.nodeEnd(node);
  let child = node + 1;
  let behind = field.wordToken(node) + 1;
  while (child < end && immediateNodes.has(field.kindOf(child))) {
    behind = field.endToken(child);
    child = field.nodeEnd(child);
  }
  if (child < end) return field.firstToken(child);
  const kind = field.kindOf(node);
  if (kind === Node.plain) return field.endToken(node);
  if (kind === Node.folded) return Math.max(behind, field.endToken(node) - 1);
  return field.nameToken(node) === undefined ? behind : Math.max(behind, field.wordToken(node) + 2);
}
