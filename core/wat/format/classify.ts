/** Which gaps between the tokens of a field may become line breaks, by the nodes that begin and end there. */
import type { Field } from "../field.ts";
import { Node } from "../node.ts";
import type { NodeKind } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import type { FormatOptions, MultiLine, WrapBefore } from "./options.ts";

/** What may become of the gap before a token. */
export const Break = {
  /** A space; a line break where the line is full. */
  fill: 0,
  /** Nothing: behind `(` and before `)`. */
  glue: 1,
  /** A space, even where the line is full. */
  hug: 2,
  /** A line break if the node around it takes several lines; the author decides whether it does. */
  body: 3,
  /** As `body`, whatever stands before it. */
  always: 4,
  /** Between flat instructions: as `body`, or as `fill`. */
  instruction: 5,
  /** A space if the author has written one and what follows fits, else a line break. */
  keep: 6,
  /** A line break, one level in, where what follows does not fit. */
  overflow: 7,
  /** `else`, `catch`, `end`: as `body`, in the column of the node. */
  arm: 8,
  /** The `)` of a node with a body. */
  close: 9,
} as const;

const ifTag = instructionTag("if");
const isInstruction = (kind: NodeKind): boolean => kind >= Node.plain && kind <= Node.foldedBlock;

/** {@link Break} of the gap before each token of `field`. `hasBreak` tells whether the author broke the line before a token. */
export function classify(field: Field, options: FormatOptions, hasBreak: (token: number) => boolean): Uint8Array {
  const { tags, tokenCount } = field;
  const breaks = new Uint8Array(tokenCount + 1);
  for (let token = 1; token < tokenCount; token++)
    if (tags[token - 1] === Token.leftParen || tags[token] === Token.rightParen) breaks[token] = Break.glue;
  const { nodeCount } = field;
  const hasInstruction = new Uint8Array(nodeCount);
  for (let node = 1; node < nodeCount; node++) {
    const parent = field.parentOf(node);
    const first = field.firstToken(node);
    // Of two nodes with the same first token the outer one counts.
    if (field.firstToken(parent) === first) continue;
    const kind = field.kindOf(node);
    const wanted = breakBefore(field, parent, kind, hasInstruction[parent] === 0);
    if (isInstruction(kind)) hasInstruction[parent] = 1;
    if (wanted === undefined) continue;
    breaks[first] = wanted;
    if (wanted !== Break.hug) closeOf(field, parent, breaks);
  }
  for (let node = 0; node < nodeCount; node++) {
    const kind = field.kindOf(node);
    if (kind === Node.block) endOf(field, node, breaks);
    else if (kind === Node.structType)
      list(field, node, Node.structField, options.wrapBeforeFields, options.multiLineFields, breaks, hasBreak);
    else if (kind === Node.funcField) list(field, node, Node.local, options.wrapBeforeLocals, options.multiLineLocals, breaks, hasBreak);
    else if (kind === Node.globalField || kind === Node.offset || kind === Node.tableField) constant(field, node, options, breaks);
    else if (kind === Node.dataField || kind === Node.inlineData) strings(field, node, breaks);
  }
  return breaks;
}

function closeOf(field: Field, node: number, breaks: Uint8Array): void {
  if (field.tags[field.firstToken(node)] === Token.leftParen) breaks[field.endToken(node) - 1] = Break.close;
}

/** The `end` of a flat block stands in the column of the block. */
function endOf(field: Field, node: number, breaks: Uint8Array): void {
  const last = field.endToken(node) - 1;
  const tag = field.tags[last];
  const isLabel = tag === Token.name || tag === Token.quotedName;
  const end = isLabel && last - 1 > field.firstToken(node) ? last - 1 : last;
  breaks[end] = Break.arm;
}

function breakBefore(field: Field, parent: number, kind: NodeKind, isFirst: boolean): number | undefined {
  const parentKind = field.kindOf(parent);
  if (kind === Node.elseArm || kind === Node.catchArm) return parentKind === Node.block ? Break.arm : Break.body;
  if (kind === Node.thenArm || kind === Node.doArm) return Break.body;
  if (kind === Node.typeDefinition) return Break.body;
  if (kind === Node.subType || kind === Node.structType || kind === Node.arrayType || kind === Node.funcType || kind === Node.contType)
    return Break.hug;
  if (kind === Node.elemItem) return undefined;
  if (!isInstruction(kind)) return undefined;
  if (parentKind === Node.foldedBlock && field.wordTag(parent) === ifTag) return Break.keep;
  return isFirst ? Break.body : Break.instruction;
}

function list(
  field: Field,
  node: number,
  kind: NodeKind,
  wrapBefore: WrapBefore,
  multiLine: MultiLine,
  breaks: Uint8Array,
  hasBreak: (token: number) => boolean,
): void {
  const items: number[] = [];
  const end = field.nodeEnd(node);
  for (let child = node + 1; child < end; child = field.nodeEnd(child)) {
    const found = field.kindOf(child);
    if (found === kind) items.push(field.firstToken(child));
    else if (isInstruction(found)) break;
  }
  const [first, second] = items;
  if (first === undefined) return;
  const isMulti = second !== undefined && (multiLine === "always" || (multiLine === "smart" && hasBreak(second)));
  breaks[first] = beforeList(wrapBefore, isMulti);
  if (breaks[first] !== Break.hug || isMulti) closeOf(field, node, breaks);
  for (const item of items.slice(1)) breaks[item] = betweenItems(multiLine, isMulti);
}

function beforeList(wrapBefore: WrapBefore, isMulti: boolean): number {
  if (wrapBefore === "never") return Break.hug;
  if (wrapBefore === "overflow") return Break.overflow;
  return wrapBefore === "always" || isMulti ? Break.body : Break.overflow;
}

function betweenItems(multiLine: MultiLine, isMulti: boolean): number {
  if (isMulti) return Break.always;
  if (multiLine === "never") return Break.hug;
  return multiLine === "overflow" ? Break.body : Break.fill;
}

/** The instructions of a constant expression. */
function constant(field: Field, node: number, { wrapBeforeConstExpr }: FormatOptions, breaks: Uint8Array): void {
  const found = field.children(node).filter((child) => isInstruction(field.kindOf(child)));
  const [first] = found;
  if (first === undefined || field.firstToken(first) <= field.firstToken(node)) return;
  const token = field.firstToken(first);
  const isMulti = wrapBeforeConstExpr === "multi-only" && found.length > 1;
  if (wrapBeforeConstExpr === "never") breaks[token] = Break.hug;
  else breaks[token] = wrapBeforeConstExpr === "always" || isMulti ? Break.always : Break.overflow;
}

/** Strings stay in the lines in which the author wrote them, such as one for each record. */
function strings(field: Field, node: number, breaks: Uint8Array): void {
  for (const token of field.ownTokens(node)) {
    if (field.tags[token] !== Token.string) continue;
    breaks[token] = Break.keep;
    closeOf(field, node, breaks);
  }
}
