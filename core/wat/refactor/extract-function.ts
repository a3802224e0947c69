/**
 * Selected instructions as a function of their own. Locals that they read become parameters, values that they take from the stack too; what
 * they leave there are the results. Instructions that set locals, branch out of the selection or return stay where they are.
 */
import type { TypeTable } from "#core/wasm/validate/type-table.ts";
import type { Span } from "#core/text/positions.ts";
import { releaseStack } from "../check/body-context.ts";
import type { BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { hiddenParameters, innerNames } from "../features/inner-names.ts";
import { isInstruction, lastTokenFrom, moduleOf, nodeWith } from "../features/place.ts";
import { firstEntryOf } from "../features/symbol.ts";
import { stackBefore, walkStack } from "../features/stack.ts";
import { InnerUse } from "../field-notes.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import type { FormatOptions } from "../format/options.ts";
import { Node } from "../node.ts";
import { instructionTag } from "../token.ts";
import { afterEdits, areRight, indentedAs, localUsesWithin, rewrittenText } from "./body-text.ts";
import { fieldsBehind, freeName, indentationAt, isIndexUsedFrom, lineBreakNear, moduleToRewrite, ownIndentation } from "./fields.ts";
import type { Refactor } from "./refactoring.ts";
import { textOf } from "./unfold.ts";

/** Operands that a selection may take from the stack, and values that it may leave there. */
const mostValues = 16;
/** Tokens of a function beyond which nobody waits for a try. */
const mostTokens = 20_000;
/** Length of a text beyond which it is only done when somebody asks: the module is read again. */
const mostWithoutAsking = 200_000;

const getTag = instructionTag("local.get");
const sequences: ReadonlySet<number> = new Set([
  Node.funcField,
  Node.block,
  Node.foldedBlock,
  Node.folded,
  Node.thenArm,
  Node.elseArm,
  Node.doArm,
  Node.catchArm,
]);

export const extractFunction: Refactor = ({ document, selection, options, isInvoked }) => {
  if (selection.end <= selection.start || (!isInvoked && document.text.length > mostWithoutAsking)) return [];
  const at = document.fieldAt(selection.start);
  const source = document.fieldText(at);
  const module = moduleToRewrite(document, at);
  if (module === undefined || source.field.kind !== Node.funcField || source.field.tokenCount > mostTokens) return [];
  const nodes = selectedNodes(source, selection);
  const locals = nodes === undefined ? undefined : parametersOf(document, module, source, nodes);
  if (nodes === undefined || locals === undefined || !areRight(document, [at])) return [];
  const part = { document, module, at, source, nodes, locals, options };
  const edits = extracted(part);
  return edits === undefined ? [] : [{ title: "Extract these instructions as a function", kind: "extract", edits }];
};

/** Instructions beside each other: the first node, and the one behind the last. */
interface Nodes {
  readonly first: number;
  readonly end: number;
  readonly endToken: number;
}

/** A local that the selection reads. */
interface Read {
  /** With its `$`. */
  readonly name: string;
  readonly type: string;
  /** As the function names it now. */
  readonly use: string;
}

interface Reads {
  readonly list: readonly Read[];
  /** By token of a use, the parameter's name. */
  readonly words: ReadonlyMap<number, string>;
}

interface Part {
  readonly document: WatDocument;
  readonly module: BoundModule;
  readonly at: number;
  readonly source: FieldText;
  readonly nodes: Nodes;
  readonly locals: Reads;
  readonly options: FormatOptions;
}

/** The instructions that are selected with all that belongs to them, white space around them aside. */
function selectedNodes(source: FieldText, selection: Span): Nodes | undefined {
  const { field, base } = source;
  const last = lastTokenFrom(field, selection.end - base - 1);
  const before = lastTokenFrom(field, selection.start - base);
  const first = before >= 0 && source.startOf(before) === selection.start ? before : before + 1;
  if (first > last || first === 0 || source.endOf(last) > selection.end || source.endOf(first - 1) > selection.start) return undefined;
  const start = nodeWith(field, first);
  const parent = field.parentOf(start);
  if (field.firstToken(start) !== first || !sequences.has(field.kindOf(parent))) return undefined;
  for (let node = start; node < field.nodeEnd(parent) && isInstruction(field.kindOf(node)); node = field.nodeEnd(node))
    if (field.endToken(node) === last + 1) return { first: start, end: field.nodeEnd(node), endToken: last + 1 };
  return undefined;
}

/** The locals that become parameters; `undefined` where one is set, or control leaves the selection. */
function parametersOf(document: WatDocument, module: BoundModule, source: FieldText, { first, end }: Nodes): Reads | undefined {
  const uses = localUsesWithin(source, first, end);
  if (uses === undefined) return undefined;
  const { field } = source;
  const { locals } = innerNames(source);
  const hidden = hiddenParameters(document, module, source);
  const known = new Set(locals.flatMap(({ name }) => (name === undefined ? [] : [source.nameOf(name)])));
  const reads = new Map<number, Read>();
  const words = new Map<number, string>();
  for (const [token, kind, meant] of uses) {
    if (field.tags[token - 1] !== getTag) return undefined;
    const index = kind === InnerUse.localByName ? meant + hidden : meant;
    let read = reads.get(index);
    if (read === undefined) {
      const local = locals[index - hidden];
      const type = local === undefined ? hiddenType(document, module, source, index) : textOf(source, local.type, local.typeEnd);
      if (type === undefined) return undefined;
      const own = local?.name === undefined ? freeName(`p${index}`, (name) => known.has(name)) : undefined;
      if (own !== undefined) known.add(own);
      read = { name: own === undefined ? source.tokenText(local!.name!) : `$${own}`, type, use: source.tokenText(token) };
      reads.set(index, read);
    }
    words.set(token, read.name);
  }
  return { list: Array.from(reads.values()), words };
}

/** Type of a parameter that only the function's type has. */
function hiddenType(document: WatDocument, module: BoundModule, source: FieldText, index: number): string | undefined {
  const { scope, environment } = document.viewOf(module);
  const use = source.field.childOf(0, Node.typeUse);
  if (use === undefined) return undefined;
  const identity = scope.typeIdentity(scope.resolve(Space.type, source, source.field.wordToken(use) + 1));
  const type = environment.types.function(identity)?.params[index];
  return type === undefined ? undefined : environment.types.text(type);
}

function extracted(part: Part): WatEdit[] | undefined {
  const { document, module, source, nodes, at } = part;
  const before = stackBefore(document, module, source, nodes.first);
  if (before === undefined || before.isUnreachable) return undefined;
  const name = `$${freeName("extracted", (other) => module.names.indexOf(Space.func, other) !== undefined)}`;
  const typeTexts = Array.from(before.operands, (type) => before.types.text(type));
  // The fewest values from the stack with which nothing is missing.
  for (let taken = 0; taken <= Math.min(typeTexts.length, mostValues); taken++) {
    const inputs = typeTexts.slice(typeTexts.length - taken);
    const results = resultsOf(part, name, inputs);
    if (results === "missing") continue;
    if (results === undefined || results.length > mostValues) return undefined;
    const place = placeFor(part);
    const edits = [
      {
        span: { start: source.startOf(source.field.firstToken(nodes.first)), end: source.endOf(nodes.endToken - 1) },
        text: callText(part, name),
      },
      fieldsBehind(document, place, [functionText(part, name, inputs, results)]),
    ];
    return areRight(afterEdits(document, edits), [at, place + 1]) ? edits : undefined;
  }
  return undefined;
}

/** What the selection leaves on the stack, in a function that has some values as parameters; "missing" where it needs more of them. */
function resultsOf(part: Part, name: string, inputs: readonly string[]): string[] | "missing" | undefined {
  const { document } = part;
  const place = placeFor(part);
  const next = afterEdits(document, [fieldsBehind(document, place, [functionText(part, name, inputs, [])])]);
  const module = moduleOf(next, place + 1);
  const trial = module === undefined ? undefined : next.fieldText(place + 1);
  if (module === undefined || trial === undefined || trial.field.problems.length > 0) return undefined;
  const context = walkStack(next, module, trial, trial.field.nodeCount, nothing);
  const operands = context === undefined || context.stack.isUnreachable ? undefined : context.stack.operands(mostValues + 1);
  const isWrong = context !== undefined && (context.problems.length > 0 || context.isLost);
  const types: TypeTable | undefined = context?.environment.types;
  releaseStack();
  if (isWrong) return "missing";
  return operands === undefined || types === undefined ? undefined : Array.from(operands, (type) => types.text(type));
}

function nothing(): void {
  // Only the end is of interest.
}

/** Place of the field behind which the function goes: that of the selection, but where functions are used by an index that would change. */
function placeFor({ document, module, at }: Part): number {
  const index = firstEntryOf(module, Space.func, at);
  if (!isIndexUsedFrom(document, module, Space.func, index + 1)) return at;
  let last = module.end - 1;
  // What follows the last field of a text is a piece without tokens.
  while (document.fields[last]!.tokenCount === 0) last--;
  return last;
}

function callText({ source, nodes, locals }: Part, name: string): string {
  const { field } = source;
  const first = field.firstToken(nodes.first);
  const isFlat = field.kindOf(nodes.first) === Node.plain || field.kindOf(nodes.first) === Node.block;
  const operands = locals.list.map(({ use }) => `local.get ${use}`);
  if (!isFlat) return `(${[`call ${name}`, ...operands.map((operand) => `(${operand})`)].join(" ")})`;
  const isBroken = /[\r\n]/.test(textOf(source, first, nodes.endToken));
  const gap = isBroken ? lineBreakNear(source.text, source.startOf(first)) + indentationAt(source.text, source.startOf(first)) : " ";
  return [...operands, `call ${name}`].join(gap);
}

function functionText(part: Part, name: string, inputs: readonly string[], results: readonly string[]): string {
  const { source, nodes, locals, options } = part;
  const { text } = source;
  const start = source.startOf(source.field.firstToken(nodes.first));
  const own = ownIndentation(text, source.startOf(0));
  const isOneLine = own === undefined && !/[\r\n]/.test(textOf(source, 0, source.field.tokenCount));
  const inner = (own ?? indentationAt(text, source.startOf(0))) + (options.useTabs ? "\t" : " ".repeat(options.indentWidth));
  const gap = isOneLine ? " " : lineBreakNear(text, start) + inner;
  const taken = inputs.map((_, place) => freeName(`v${place}`, (other) => locals.list.some((read) => read.name === `$${other}`)));
  const head = [
    `(func ${name}`,
    ...inputs.map((type, place) => `(param $${taken[place]!} ${type})`),
    ...locals.list.map((read) => `(param ${read.name} ${read.type})`),
    ...(results.length > 0 ? [`(result ${results.join(" ")})`] : []),
  ].join(" ");
  const body = rewrittenText(source, source.field.firstToken(nodes.first), nodes.endToken, locals.words);
  return `${[head, ...taken.map((value) => `local.get $${value}`), indentedAs(body, indentationAt(text, start), inner)].join(gap)})`;
}
