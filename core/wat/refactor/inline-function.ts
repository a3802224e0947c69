/**
 * A call as the body of the function that it calls. Parameters and locals of that function become locals; the latter are set to zero first,
 * since the call may stand in a loop. Functions that return early, or branch out of their body, stay functions.
 */
import type { ValueType } from "#core/wasm/validate/value-type.ts";
import type { BoundModule } from "../bind.ts";
import { longForms } from "../definitions.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { hiddenParameters, innerNames } from "../features/inner-names.ts";
import { immediateNodes, isInstruction, nodeWith, tokenAt } from "../features/place.ts";
import { writtenName } from "../features/rename.ts";
import { definitionOf } from "../features/symbol.ts";
import { cut } from "../features/text.ts";
import { InnerUse } from "../field-notes.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag, Token, Word } from "../token.ts";
import { afterEdits, areRight, indentedAs, localUsesWithin, rewrittenText } from "./body-text.ts";
import { freeName, hasCommentBetween, indentationAt, insertion, lineBreakNear, moduleToRewrite, ownIndentation } from "./fields.ts";
import { givesOne } from "./gives-one.ts";
import type { Refactor } from "./refactoring.ts";
import { textOf } from "./unfold.ts";

/** Tokens of a function that is small, and of one in which it may be called. */
const mostTokens = 1_000;
const mostAround = 20_000;
/** Length of a text beyond which it is only done when somebody asks: the module is read again. */
const mostWithoutAsking = 200_000;

const callTag = instructionTag("call");
const ifTag = instructionTag("if");
const loopTag = instructionTag("loop");

export const inlineFunction: Refactor = ({ document, selection, isInvoked }) => {
  if (!isInvoked && document.text.length > mostWithoutAsking) return [];
  const place = tokenAt(document, selection.start);
  const module = place === undefined ? undefined : moduleToRewrite(document, place.at);
  if (place === undefined || module === undefined || place.source.field.kind !== Node.funcField) return [];
  const { at, source, token } = place;
  const { field } = source;
  const node = nodeWith(field, token);
  const isCall = (field.kindOf(node) === Node.plain || field.kindOf(node) === Node.folded) && field.wordTag(node) === callTag;
  if (!isCall || field.tokenCount > mostAround) return [];
  const word = field.wordToken(node);
  const index = module.names.resolve(Space.func, source, word + 1);
  const callee = index === undefined ? undefined : readCallee(document, module, index);
  if (callee === undefined || callee.at === at || !areRight(document, [at, callee.at])) return [];
  const edits = inlined(document, module, source, node, callee);
  if (edits === undefined || !areRight(afterEdits(document, edits), [at])) return [];
  return [{ title: `Inline this call of \`${cut(source.tokenText(word + 1), 40)}\``, kind: "inline", edits }];
};

/** A function that can stand in the place of its calls. */
interface Callee {
  readonly at: number;
  readonly source: FieldText;
  /** Its instructions. */
  readonly nodes: readonly number[];
  readonly params: readonly string[];
  readonly results: readonly string[];
  /** Types of its own locals, as they are written, and what sets each to zero; `undefined` where it has no zero. */
  readonly locals: readonly { readonly type: string; readonly zero: string | undefined }[];
  /** By index, the names of parameters and locals without `$`. */
  readonly names: readonly (string | undefined)[];
  /** By token of a use, the index of what is used. */
  readonly uses: ReadonlyMap<number, number>;
}

function readCallee(document: WatDocument, module: BoundModule, index: number): Callee | undefined {
  const definition = definitionOf(document, { kind: "entry", module, space: Space.func, index });
  if (definition === undefined) return undefined;
  const { at, source } = definition;
  const { field } = source;
  const isSmall = field.kind === Node.funcField && field.tokenCount <= mostTokens && field.problems.length === 0;
  if (!isSmall || field.childOf(0, Node.inlineImport) !== undefined) return undefined;
  const nodes = field.children(0).filter((node) => isInstruction(field.kindOf(node)));
  const [first] = nodes;
  const uses = first === undefined ? [] : localUsesWithin(source, first, field.nodeEnd(0));
  const { environment } = document.viewOf(module);
  const type = environment.types.function(environment.functions[index] ?? -1);
  if (uses === undefined || type === undefined) return undefined;
  const hidden = hiddenParameters(document, module, source);
  const written = innerNames(source).locals;
  const text = (value: ValueType): string => environment.types.text(value);
  const ownLocals = written.filter(({ isParameter }) => !isParameter);
  return {
    at,
    source,
    nodes,
    params: Array.from(type.params, text),
    results: Array.from(type.results, text),
    locals: ownLocals.map((local) => ({
      type: textOf(source, local.type, local.typeEnd),
      zero: zeroOf(source, local.type, local.typeEnd),
    })),
    names: [
      ...Array.from({ length: hidden }, () => undefined),
      ...written.map(({ name }) => (name === undefined ? undefined : source.nameOf(name))),
    ],
    uses: new Map(uses.map(([token, kind, meant]) => [token, kind === InnerUse.localByName ? meant + hidden : meant])),
  };
}

const zeros: Readonly<Record<string, string>> = {
  i32: "i32.const 0",
  i64: "i64.const 0",
  f32: "f32.const 0",
  f64: "f64.const 0",
  v128: "v128.const i64x2 0 0",
};

/** What gives the value that a local has before it is set; `undefined` where it has none. */
function zeroOf(source: FieldText, first: number, end: number): string | undefined {
  const { tags } = source.field;
  const number = textOf(source, first, end);
  const isLong = tags[first] === Token.leftParen && tags[first + 2] === Word.null;
  const heap = isLong ? source.tokenText(first + 3) : longForms.get(tags[first]!);
  if (heap !== undefined) return `ref.null ${heap}`;
  return Object.hasOwn(zeros, number) ? zeros[number] : undefined;
}

/** The edits that put the body in the place of a call; `undefined` where comments would be lost. */
function inlined(document: WatDocument, module: BoundModule, source: FieldText, node: number, callee: Callee): WatEdit[] | undefined {
  const { field, text } = source;
  const operands = field.children(node).filter((child) => !immediateNodes.has(field.kindOf(child)));
  if (hasCommentBeside(source, node, operands)) return undefined;
  const used = new Set(callee.uses.values());
  const names = namesIn(source, callee, used);
  const declarations = callee.names.flatMap((_, index) => {
    const type = callee.params[index] ?? callee.locals[index - callee.params.length]?.type;
    return used.has(index) && type !== undefined ? [`(local ${names[index]} ${type})`] : [];
  });
  const span = source.nodeSpan(node);
  const gap = gapBefore(text, span.start);
  const isFlat = field.kindOf(node) === Node.plain;
  const isSplit = operands.length === callee.params.length && operands.every((operand) => givesOne(document, module, source, operand));
  const parts = operandParts(source, operands, callee, { names, used, isFlat, isSplit });
  if (isInLoop(source, node))
    callee.locals.forEach(({ zero }, place) => {
      const index = callee.params.length + place;
      if (zero === undefined || !used.has(index)) return;
      parts.push(...(isFlat ? [zero, `local.set ${names[index]}`] : [`(local.set ${names[index]} (${zero}))`]));
    });
  const body = bodyText(callee, names, indentationAt(text, span.start));
  if (body !== "")
    parts.push(
      mustBeFolded(source, node) && callee.nodes.some((own) => !isFolded(callee.source.field.kindOf(own))) ? blockOf(callee, body) : body,
    );
  if (parts.length === 0) parts.push(isFlat ? "nop" : "(nop)");
  const edits: WatEdit[] = [{ span, text: parts.join(gap) }];
  if (declarations.length > 0) edits.unshift(declarationEdit(source, declarations));
  return edits;
}

/** What hands the operands over: each alone where each gives one value, else all of them from the stack, the last first. */
function operandParts(
  source: FieldText,
  operands: readonly number[],
  { params }: Callee,
  {
    names,
    used,
    isFlat,
    isSplit,
  }: { readonly names: readonly string[]; readonly used: ReadonlySet<number>; readonly isFlat: boolean; readonly isSplit: boolean },
): string[] {
  const takers = params.map((_, index) => (used.has(index) ? `local.set ${names[index]}` : "drop"));
  const texts = operands.map((operand) => textOf(source, source.field.firstToken(operand), source.field.endToken(operand)));
  if (isSplit && !isFlat) return takers.map((taker, place) => `(${taker} ${texts[place]})`);
  return [...texts, ...takers.toReversed().map((taker) => (isFlat ? taker : `(${taker})`))];
}

/** Names of the callee's parameters and locals in the caller, with `$`. */
function namesIn(source: FieldText, { names, params }: Callee, used: ReadonlySet<number>): string[] {
  const taken = new Set(innerNames(source).locals.flatMap(({ name }) => (name === undefined ? [] : [source.nameOf(name)])));
  return names.map((own, index) => {
    if (!used.has(index)) return "";
    const name = freeName(own ?? (index < params.length ? `arg${index}` : `local${index}`), (other) => taken.has(other));
    taken.add(name);
    return writtenName(name);
  });
}

function bodyText({ source, nodes, uses }: Callee, names: readonly string[], indentation: string): string {
  const { field } = source;
  const [first] = nodes;
  const last = nodes[nodes.length - 1];
  if (first === undefined || last === undefined) return "";
  const words = new Map(Array.from(uses, ([token, index]) => [token, names[index]!]));
  const start = field.firstToken(first);
  const body = rewrittenText(source, start, field.endToken(last), words);
  return indentedAs(body, indentationAt(source.text, source.startOf(start)), indentation);
}

function blockOf({ results }: Callee, body: string): string {
  const type = results.length === 0 ? "" : ` (result ${results.join(" ")})`;
  return `(block${type} ${body})`;
}

/** Behind what describes the function. */
function declarationEdit(source: FieldText, declarations: readonly string[]): WatEdit {
  const { field, text } = source;
  let last = field.nameToken(0) ?? field.wordToken(0);
  let node = 1;
  for (; node < field.nodeCount && field.kindOf(node) < Node.tableUse; node = field.nodeEnd(node)) last = field.endToken(node) - 1;
  const start = source.startOf(field.firstToken(node));
  return insertion(source.endOf(last), gapBefore(text, start) + declarations.join(" "));
}

/** What stands between things that are put beside each other at an offset: a line each where that begins one. */
function gapBefore(text: string, offset: number): string {
  const indentation = ownIndentation(text, offset);
  return indentation === undefined ? " " : lineBreakNear(text, offset) + indentation;
}

/** Whether comments stand in a call outside of its operands. */
function hasCommentBeside(source: FieldText, node: number, operands: readonly number[]): boolean {
  const { field } = source;
  let before = field.firstToken(node);
  for (const operand of operands) {
    if (hasCommentBetween(source, before, field.firstToken(operand) + 1)) return true;
    before = field.endToken(operand) - 1;
  }
  return hasCommentBetween(source, before, field.endToken(node));
}

/** Whether an instruction may be executed more than once in one call of its function. */
function isInLoop({ field }: FieldText, node: number): boolean {
  for (let around = field.parentOf(node); around > 0; around = field.parentOf(around)) if (field.wordTag(around) === loopTag) return true;
  return false;
}

const isFolded = (kind: number): boolean => kind === Node.folded || kind === Node.foldedBlock;

/** Whether only instructions in parentheses may stand beside a node: operands, and the condition of an `if`. */
function mustBeFolded({ field }: FieldText, node: number): boolean {
  const parent = field.parentOf(node);
  return field.kindOf(parent) === Node.folded || (field.kindOf(parent) === Node.foldedBlock && field.wordTag(parent) === ifTag);
}
