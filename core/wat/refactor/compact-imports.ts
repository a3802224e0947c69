/**
 * `(import "m" (item "a" (func)) (item "b" (func)))` as `(import "m" "a" (func))` and `(import "m" "b" (func))`, and back.
 * Source: compact import section proposal. What is imported stays the same; the import section is written another way.
 */
import type { BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { tokenAt } from "../features/place.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { coalesced } from "./edits.ts";
import { hasAnnotationBefore, hasCommentBetween, indentationAt, insertion, lineBreakNear, moduleToRewrite } from "./fields.ts";
import type { Refactor } from "./refactoring.ts";

export const expandImports: Refactor = ({ document, selection }) => {
  const place = tokenAt(document, selection.start);
  if (place === undefined || moduleToRewrite(document, place.at) === undefined || !isCompact(place.source)) return [];
  const edits = coalesced(document.text, expanded(place.source));
  return edits.length === 0 ? [] : [{ title: "Write one `(import ...)` for each item", kind: "rewrite", edits }];
};

/** The edits that make imports of items; comments stay where they are between these, and elsewhere there must be none. */
function expanded(source: FieldText): WatEdit[] {
  const { field, text } = source;
  const items = field.children(0).filter((node) => field.kindOf(node) === Node.importItem);
  const shared = field.children(0).find((node) => field.kindOf(node) !== Node.importItem);
  const [first = 0] = items;
  const last = items[items.length - 1]!;
  if (hasCommentBetween(source, 0, field.firstToken(first) + 1) || hasCommentBetween(source, field.endToken(last) - 1, field.tokenCount))
    return [];
  const module = source.tokenText(2);
  const start = source.startOf(0);
  const lines = lineBreakNear(text, start) + indentationAt(text, start);
  const edits: WatEdit[] = [{ span: { start, end: source.startOf(field.firstToken(first)) }, text: "" }];
  for (const item of items) {
    const word = field.wordToken(item);
    const before = source.endOf(field.firstToken(item) - 1);
    const gap = { start: before, end: source.startOf(field.firstToken(item)) };
    const isBroken = /^\s*[\r\n]\s*$/.test(text.slice(gap.start, gap.end));
    if (item !== first && isBroken) edits.push({ span: gap, text: lines });
    edits.push({ span: source.tokenSpan(word), text: `import ${module}` });
    if (shared !== undefined) edits.push(insertion(source.endOf(word + 1), ` ${nodeText(source, shared)}`));
  }
  edits.push({ span: { start: source.endOf(field.endToken(last) - 1), end: source.endOf(field.tokenCount - 1) }, text: "" });
  return edits;
}

export const groupImports: Refactor = ({ document, selection, isInvoked }) => {
  if (!isInvoked) return [];
  const place = tokenAt(document, selection.start);
  const module = place === undefined ? undefined : moduleToRewrite(document, place.at);
  if (place === undefined || module === undefined) return [];
  const run = runAround(document, module, place.at);
  if (run.length < 2) return [];
  return [{ title: `Write these ${run.length} imports as one group`, kind: "rewrite", edits: coalesced(document.text, grouped(run)) }];
};

function isCompact({ field }: FieldText): boolean {
  return field.kind === Node.importField && field.nodeCount > 1 && field.kindOf(1) === Node.importItem;
}

/** The imports from the same module that stand beside each other, around a field. */
function runAround(document: WatDocument, { first, end }: BoundModule, at: number): FieldText[] {
  const middle = importSource(document, at);
  if (middle === undefined) return [];
  const module = middle.stringOf(2);
  const isSame = (source: FieldText | undefined): source is FieldText =>
    source !== undefined && module !== undefined && source.stringOf(2) === module;
  const before: FieldText[] = [];
  const run = [middle];
  // An annotation before a field would be inside of the group then.
  for (let place = at; place > first && !hasAnnotationBefore(document.fieldText(place)); place--) {
    const source = importSource(document, place - 1);
    if (!isSame(source)) break;
    before.push(source);
  }
  for (let behind = at + 1; behind < end && !hasAnnotationBefore(document.fieldText(behind)); behind++) {
    const source = importSource(document, behind);
    if (!isSame(source)) break;
    run.push(source);
  }
  return [...before.toReversed(), ...run];
}

/** A field that imports one thing from one module. */
function importSource(document: WatDocument, at: number): FieldText | undefined {
  const source = document.fieldText(at);
  const { field } = source;
  return field.kind === Node.importField && field.problems.length === 0 && field.nodeCount > 1 && !isCompact(source) ? source : undefined;
}

function grouped(run: readonly FieldText[]): WatEdit[] {
  const [first] = run;
  const types = new Set(run.map((source) => nodeText(source, 1)));
  const [type = ""] = types;
  // Without names and comments, equal types are written once.
  const isShared =
    types.size === 1 &&
    run.every((source) => source.field.nameToken(1) === undefined && !hasCommentBetween(source, 0, source.field.tokenCount));
  return run.flatMap((source, place) => {
    const { field } = source;
    const head = `${source === first ? `(import ${source.tokenText(2)} ` : ""}(item`;
    const start = { span: { start: source.startOf(0), end: source.endOf(2) }, text: head };
    const close = place === run.length - 1 ? ")" : "";
    if (!isShared) return [start, insertion(source.endOf(field.tokenCount - 1), close)];
    const behind = { start: source.endOf(3), end: source.endOf(field.tokenCount - 1) };
    return [start, { span: behind, text: close === "" ? ")" : `) ${type})` }];
  });
}

function nodeText(source: FieldText, node: number): string {
  const { start, end } = source.nodeSpan(node);
  return source.text.slice(start, end);
}
