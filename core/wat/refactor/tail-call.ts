/** A call whose results are returned at once as `return_call`, which needs no room on the call stack. */
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag } from "../token.ts";
import { instructionAt } from "./cursor-instruction.ts";
import { hasCommentBetween, nodeRemoval } from "./fields.ts";
import type { OfferedChange, Refactor } from "./refactoring.ts";
import { calledType, typeUseOf } from "./signatures.ts";

const returnTag = instructionTag("return");
const calls: ReadonlySet<number> = new Set(["call", "call_indirect", "call_ref"].map(instructionTag));
const tries: ReadonlySet<number> = new Set(["try", "try_table"].map(instructionTag));

interface TailCall {
  readonly call: number;
  /** `undefined` where the function ends behind the call. */
  readonly returning: number | undefined;
}

/** At the call, or at the `return`. */
export const tailCall: Refactor = ({ document, selection }) => {
  const place = instructionAt(document, selection.start);
  if (place === undefined) return [];
  const { module, source } = place;
  const pair = pairAt(source, place.node);
  // An exception of what is called would no longer be caught.
  if (pair === undefined || isInTry(source, pair.call)) return [];
  const { call, returning } = pair;
  const callee = calledType(document, module, source, call);
  const own = typeUseOf(document, module, source, 0);
  if (callee === undefined || own === undefined || callee.results.length !== own.results.length) return [];
  const edits = returning === undefined ? [] : editsWithout(source, call, returning);
  if (edits === undefined) return [];
  const start = source.startOf(source.field.wordToken(call));
  const name = source.tokenText(source.field.wordToken(call));
  const all = [...edits, { span: { start, end: start }, text: "return_" }].sort((left, right) => left.span.start - right.span.start);
  const what = returning === undefined ? `Write the last \`${name}\` as` : `Join \`${name}\` and \`return\` to`;
  return [{ title: `${what} \`return_${name}\``, kind: "rewrite", edits: all }];
};

function pairAt(source: FieldText, node: number): TailCall | undefined {
  const { field } = source;
  const parent = field.parentOf(node);
  if (calls.has(field.wordTag(node))) {
    if (isLoneOperand(source, node, parent)) return { call: node, returning: parent };
    const next = field.nodeEnd(node);
    if (next < field.nodeEnd(parent))
      return isPlainReturn(source, next) && !isOperand(source, node) ? { call: node, returning: next } : undefined;
    return parent === 0 ? { call: node, returning: undefined } : undefined;
  }
  if (field.wordTag(node) !== returnTag) return undefined;
  if (isLoneOperand(source, node + 1, node)) return { call: node + 1, returning: node };
  const before = isPlainReturn(source, node) && !isOperand(source, node) ? siblingBefore(source, node) : undefined;
  return before !== undefined && calls.has(field.wordTag(before)) ? { call: before, returning: node } : undefined;
}

/** `(return (call $f ...))` */
function isLoneOperand({ field }: FieldText, call: number, returning: number): boolean {
  if (returning === 0 || field.kindOf(returning) !== Node.folded || field.wordTag(returning) !== returnTag) return false;
  return (
    field.nodeEnd(returning) > call &&
    field.nodeEnd(call) === field.nodeEnd(returning) &&
    call === returning + 1 &&
    calls.has(field.wordTag(call))
  );
}

function isPlainReturn({ field }: FieldText, node: number): boolean {
  return field.wordTag(node) === returnTag && field.nodeEnd(node) === node + 1;
}

function isOperand({ field }: FieldText, node: number): boolean {
  return field.kindOf(field.parentOf(node)) === Node.folded;
}

function siblingBefore({ field }: FieldText, node: number): number | undefined {
  let before: number | undefined;
  const parent = field.parentOf(node);
  for (let child = parent + 1; child < node; child = field.nodeEnd(child)) before = child;
  return before;
}

/** Takes the `return` away. */
function editsWithout(source: FieldText, call: number, returning: number): OfferedChange["edits"] | undefined {
  const isAround = call > returning && call < source.field.nodeEnd(returning);
  return isAround ? aroundEdits(source, call, returning) : [nodeRemoval(source, returning)];
}

/** Takes away what stands around the call; `undefined` where comments would be lost. */
function aroundEdits(source: FieldText, call: number, returning: number): OfferedChange["edits"] | undefined {
  const { field } = source;
  const first = field.firstToken(returning);
  const last = field.endToken(returning) - 1;
  const firstInside = field.firstToken(call);
  const lastInside = field.endToken(call) - 1;
  if (hasCommentBetween(source, first, firstInside + 1) || hasCommentBetween(source, lastInside, last + 1)) return undefined;
  return [
    { span: { start: source.startOf(first), end: source.startOf(firstInside) }, text: "" },
    { span: { start: source.endOf(lastInside), end: source.endOf(last) }, text: "" },
  ];
}

function isInTry({ field }: FieldText, node: number): boolean {
  for (let around = field.parentOf(node); around > 0; around = field.parentOf(around)) if (tries.has(field.wordTag(around))) return true;
  return false;
}
