/** Small texts between those of the document: types, what ends, indices, the stack, constants. */
import type { Span } from "#core/text/positions.ts";
import { entryType } from "#core/wasm/validate/environment.ts";
import type { BoundModule } from "../bind.ts";
import { releaseStack } from "../check/body-context.ts";
import type { BodyContext } from "../check/body-context.ts";
import { definitionsOf } from "../definitions.ts";
import type { WatDocument } from "../document.ts";
import { innerUseStride, InnerUse } from "../field-notes.ts";
import { Space } from "../field.ts";
import type { Field, FieldText } from "../field.ts";
import { integerValue } from "../literal-number.ts";
import { Node, nodeStride } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import { hiddenParameters, innerNames, typesIn } from "./inner-names.ts";
import { isName, lastTokenFrom, moduleOf } from "./place.ts";
import { walkStack } from "./stack.ts";
import { firstEntryOf, structFieldNode } from "./symbol.ts";
import { tokensText } from "./text.ts";

export interface InlayHint {
  /** UTF-16 offset at which it stands. */
  readonly offset: number;
  readonly text: string;
  readonly kind: "type" | "other";
}

export interface InlayHintOptions {
  readonly types: boolean;
  readonly ends: boolean;
  readonly indices: boolean;
  readonly stack: boolean;
  readonly constants: boolean;
}

/** Lines from which on it is worth to be told what ends. */
const longBlock = 4;
const longField = 10;

/** Hints of a part of the text, in its order. */
export function inlayHints(document: WatDocument, { start, end }: Span, options: InlayHintOptions): InlayHint[] {
  const hints: InlayHint[] = [];
  const last = Math.min(document.fieldAt(end), document.fields.length - 1);
  for (let at = document.fieldAt(start); at <= last; at++) {
    const module = moduleOf(document, at);
    const source = document.fieldText(at);
    if (module === undefined || source.field.tokenCount < 2) continue;
    const [first, behind] = [start, end].map((offset) => lastTokenFrom(source.field, offset - source.base)) as [number, number];
    // The token before the part may end in it.
    const part: Part = { document, module, at, source, first: Math.max(0, first), end: behind + 1 };
    if (options.types) typeHints(part, hints);
    if (options.ends) endHints(part, hints);
    if (options.indices) indexHints(part, hints);
    if (options.constants) constantHints(part, hints);
    if (options.stack) stackHints(part, hints);
  }
  return hints.filter(({ offset }) => offset >= start && offset <= end).sort((left, right) => left.offset - right.offset);
}

/** The tokens of a field from `first` up to `end`. */
interface Part {
  readonly document: WatDocument;
  readonly module: BoundModule;
  readonly at: number;
  readonly source: FieldText;
  readonly first: number;
  readonly end: number;
}

function typeHints({ document, module, source, first, end }: Part, hints: InlayHint[]): void {
  const { field } = source;
  const add = (token: number, text: string): void => void hints.push({ offset: source.endOf(token), text: `: ${text}`, kind: "type" });
  const { references } = field;
  for (let place = 0; place < references.length; place += 2) {
    const token = references[place + 1]!;
    if (token < first || token >= end) continue;
    if (references[place] === Space.global && field.kind === Node.funcField) {
      const index = module.names.resolve(Space.global, source, token);
      const { environment } = document.viewOf(module);
      const entry = index === undefined ? undefined : environment.globals[index];
      if (entry !== undefined) add(token, environment.types.text(entryType(entry)));
    } else if (references[place] === Space.structField) {
      const text = structFieldType(document, module, source, references[place - 1]!, token);
      if (text !== undefined) add(token, text);
    }
  }
  if (field.kind !== Node.funcField) return;
  const { locals, uses } = innerNames(source);
  const hidden = hiddenParameters(document, module, source);
  for (let place = 0; place < uses.length; place += innerUseStride) {
    const token = uses[place]!;
    const kind = uses[place + 1]!;
    if (token < first || token >= end || kind > InnerUse.localByIndex) continue;
    const local = locals[uses[place + 2]! - (kind === InnerUse.localByIndex ? hidden : 0)];
    if (local !== undefined && local.type < local.typeEnd) add(token, tokensText(source, local.type, local.typeEnd));
  }
}

function structFieldType(
  document: WatDocument,
  module: BoundModule,
  source: FieldText,
  typeToken: number,
  token: number,
): string | undefined {
  const type = module.names.resolve(Space.type, source, typeToken);
  if (type === undefined) return undefined;
  const isNumber = source.field.tags[token] === Token.natural;
  const index = isNumber ? Number(source.tokenText(token)) : (module.names.typeAt(type)?.fields?.indexOf(source.nameOf(token)) ?? -1);
  const found = index < 0 ? undefined : structFieldNode(document, { kind: "field", module, type, index });
  const part = found === undefined ? undefined : typesIn(found.source.field, found.node)[found.type];
  return found === undefined || part === undefined ? undefined : tokensText(found.source, part[0], part[1]);
}

/** Nodes that begin in the part, and those around its start, which may end in it. */
function* nodesOf(field: Field, first: number, end: number): Iterable<number> {
  let low = 0;
  let high = field.nodeCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (field.nodes[middle * nodeStride + 1]! < first) low = middle + 1;
    else high = middle;
  }
  for (let around = low - 1; around > 0; around = field.parentOf(around)) yield around;
  if (low > 0) yield 0;
  for (let node = low; node < field.nodeCount && field.firstToken(node) < end; node++) yield node;
}

function endHints({ document, source, first, end }: Part, hints: InlayHint[]): void {
  const { field } = source;
  const { lines } = document;
  for (const node of nodesOf(field, first, end)) {
    const kind = field.kindOf(node);
    const isField = node === 0 && kind === Node.funcField;
    if (!isField && kind !== Node.block && kind !== Node.foldedBlock) continue;
    const last = field.endToken(node) - 1;
    // A label that is repeated says it already.
    if (last < first || last >= end || isName(field.tags[last])) continue;
    const length = lines.lineAt(source.startOf(last)) - lines.lineAt(source.startOf(field.firstToken(node)));
    if (length < (isField ? longField : longBlock)) continue;
    const name = field.nameToken(node);
    const text = [source.tokenText(field.wordToken(node)), name === undefined ? "" : source.tokenText(name)].join(" ").trim();
    hints.push({ offset: source.endOf(last), text: isField ? `(${text})` : text, kind: "other" });
  }
}

function indexHints({ module, at, source, first, end }: Part, hints: InlayHint[]): void {
  const counts = new Map<Space, number>();
  for (const { space, name, token } of definitionsOf(source).entries) {
    const before = counts.get(space) ?? 0;
    counts.set(space, before + 1);
    if (name !== undefined || token < first || token >= end) continue;
    hints.push({ offset: source.endOf(token), text: `(;${firstEntryOf(module, space, at) + before};)`, kind: "other" });
  }
}

const i32Const = instructionTag("i32.const");
const i64Const = instructionTag("i64.const");

function constantHints({ source, first, end }: Part, hints: InlayHint[]): void {
  const { tags } = source.field;
  for (let token = Math.max(1, first); token < end; token++) {
    const bits = tags[token - 1] === i32Const ? 32 : tags[token - 1] === i64Const ? 64 : 0;
    if (bits === 0 || (tags[token] !== Token.natural && tags[token] !== Token.integer)) continue;
    const written = source.tokenText(token);
    const value = integerValue(written);
    const isHexadecimal = written.includes("x");
    // Small numbers are as easy to read in either form.
    if (value > -10n && value < 10n) continue;
    const text = isHexadecimal ? String(BigInt.asIntN(bits, value)) : `0x${BigInt.asUintN(bits, value).toString(16)}`;
    hints.push({ offset: source.endOf(token), text: `= ${text}`, kind: "other" });
  }
}

/** What is on the stack behind the last instruction of each line. */
function stackHints({ document, module, source, first, end }: Part, hints: InlayHint[]): void {
  const { field } = source;
  const { lines } = document;
  if (field.kind !== Node.funcField) return;
  const texts = new Map<number, string>();
  let before = -1;
  const note = (context: BodyContext): void => {
    if (before < 0) return;
    const text = context.environment.types.listText(context.stack.operands(8));
    texts.set(before, context.stack.isUnreachable ? `[…${text === "[]" ? "" : ` ${text.slice(1, -1)}`}]` : text);
  };
  const last = walkStack(document, module, source, field.nodeCount, (place, context) => {
    const node = place >> 1;
    const token = (place & 1) === 1 ? field.endToken(node) - 1 : lastOfHead(field, node);
    const line = token >= first - 1 && token <= end ? lines.lineAt(source.startOf(token)) : -1;
    if (line !== before) note(context);
    before = line;
    if (field.firstToken(node) > end) context.isLost = true;
  });
  if (last !== undefined && !last.isLost) note(last);
  releaseStack();
  for (const [line, text] of texts) {
    const next = lines.lineStart(line + 1);
    const lineText = document.pieces.slice(lines.lineStart(line), next).trimEnd();
    hints.push({ offset: lines.lineStart(line) + lineText.length, text, kind: "other" });
  }
}

/** A folded instruction is carried out at its `)`. */
function lastOfHead(field: Field, node: number): number {
  return field.kindOf(node) === Node.folded ? field.endToken(node) - 1 : field.wordToken(node);
}
