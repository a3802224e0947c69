/** A function or block that leaves more values than it has results gets those as results. */
import type { Span } from "#core/text/positions.ts";
import { BodyContext, releaseStack } from "../../check/body-context.ts";
import type { BoundModule } from "../../bind.ts";
import type { WatDocument, WatEdit } from "../../document.ts";
import { moduleOf } from "../../features/place.ts";
import { walkStack } from "../../features/stack.ts";
import type { FieldText } from "../../field.ts";
import { Node } from "../../node.ts";
import { instructionTag, Token } from "../../token.ts";
import { hasCommentBetween, insertion } from "../fields.ts";
import { writtenTypes } from "../signatures.ts";
import type { FixFinder } from "./problem-fix.ts";

/** Tokens of a function beyond which nobody waits for another look at it. */
const mostTokens = 200_000;

/** More results are not what somebody has forgotten to write. */
const mostResults = 16;

const ifTag = instructionTag("if");
const tryTag = instructionTag("try");

export const addResults: FixFinder = (document, { code, related }) => {
  const end = code === "type-mismatch" ? related?.[0]?.span : undefined;
  if (end === undefined) return [];
  const at = document.fieldAt(end.start);
  const source = document.fieldText(at);
  const { field } = source;
  const module = moduleOf(document, at);
  if (module === undefined || field.kind !== Node.funcField || field.problems.length > 0 || field.tokenCount > mostTokens) return [];
  const left = leftBehind(document, module, source, end.start);
  if (left === undefined) return [];
  const { node, text } = left;
  const edits = [resultsEdit(source, node, text)];
  // Where the block is left by branches without values, other mistakes would take the place of this one.
  if (problemCount(document.edit(edits), at) > problemCount(document, at)) return [];
  const what = node === 0 ? "function" : `\`${source.tokenText(field.wordToken(node))}\``;
  return [{ title: `Make \`(result ${text})\` what the ${what} gives`, edits, isSure: false }];
};

function problemCount(document: WatDocument, at: number): number {
  const start = document.starts[at]!;
  const end = start + document.fields[at]!.length;
  return document.problems().filter(({ span }) => span.start >= start && span.start < end).length;
}

/** Which block ends at an offset (0 is the function), and the types that it leaves; `undefined` where they cannot be its results. */
function leftBehind(
  document: WatDocument,
  module: BoundModule,
  source: FieldText,
  offset: number,
): { readonly node: number; readonly text: string } | undefined {
  const { field } = source;
  /** Of the ends of the block that ends there, its own and that of an arm, the types as text. */
  const ends: (string | undefined)[] = [];
  const target = blockEndingAt(source, offset);
  if (target === undefined || !mayGetResults(source, target)) return undefined;
  const visit = (place: number, context: BodyContext): void => {
    const isOwnEnd = place === BodyContext.endOf(target);
    const isElse =
      place === BodyContext.startOf(place >> 1) && field.kindOf(place >> 1) === Node.elseArm && field.parentOf(place >> 1) === target;
    if (!isOwnEnd && !isElse) return;
    ends.push(typesText(context));
    if (isOwnEnd) context.isLost = true;
  };
  const last = walkStack(document, module, source, field.nodeCount, visit);
  if (target === 0 && last !== undefined && !last.isLost) ends.push(typesText(last));
  releaseStack();
  const [text] = ends;
  return text !== undefined && ends.every((other) => other === text) ? { node: target, text } : undefined;
}

/** The block whose last token or `else` starts at an offset. */
function blockEndingAt(source: FieldText, offset: number): number | undefined {
  const { field } = source;
  if (source.startOf(field.endToken(0) - 1) === offset) return 0;
  for (let node = 1; node < field.nodeCount; node++) {
    const kind = field.kindOf(node);
    if (kind === Node.elseArm && source.startOf(field.wordToken(node)) === offset) return field.parentOf(node);
    if (kind !== Node.block && kind !== Node.foldedBlock) continue;
    let last = field.endToken(node) - 1;
    if (kind === Node.block && (field.tags[last] === Token.name || field.tags[last] === Token.quotedName)) last--;
    if (source.startOf(last) === offset) return node;
  }
  return undefined;
}

function mayGetResults(source: FieldText, node: number): boolean {
  const { field } = source;
  if (field.childOf(node, Node.typeUse) !== undefined) return false;
  const results = field.children(node).filter((child) => field.kindOf(child) === Node.result);
  const [first, last] = [results[0], results.at(-1)];
  if (first !== undefined && hasCommentBetween(source, field.firstToken(first), field.endToken(last!))) return false;
  const tag = node === 0 ? undefined : field.wordTag(node);
  // Where the condition of an `if` is false, only an `else` gives results.
  return tag !== tryTag && (tag !== ifTag || field.children(node).some((child) => field.kindOf(child) === Node.elseArm));
}

/** What the innermost block has on the stack, as it is written; `undefined` where a type cannot be written, or there are none or too many. */
function typesText({ stack, environment }: BodyContext): string | undefined {
  const operands = stack.operands(mostResults + 1);
  if (operands.length === 0 || operands.length > mostResults) return undefined;
  return writtenTypes(environment.types, operands);
}

/** Writes results in place of those that are there, or behind word, name, exports and parameters. */
function resultsEdit(source: FieldText, node: number, text: string): WatEdit {
  const { field } = source;
  let last = field.nameToken(node) ?? field.wordToken(node);
  let old: Span | undefined;
  const end = field.nodeEnd(node);
  for (let child = node + 1; child < end; child = field.nodeEnd(child)) {
    const kind = field.kindOf(child);
    if (kind === Node.result) old = { start: old?.start ?? source.nodeSpan(child).start, end: source.nodeSpan(child).end };
    else if (kind !== Node.inlineExport && kind !== Node.param) break;
    last = field.endToken(child) - 1;
  }
  return old === undefined ? insertion(source.endOf(last), ` (result ${text})`) : { span: old, text: `(result ${text})` };
}
