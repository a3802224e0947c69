/** `(func $f (import "m" "n"))` as `(import "m" "n" (func $f))` and back. The encoded bytes stay the same. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { nodeWith, tokenAt } from "../features/place.ts";
import { Node } from "../node.ts";
import { Token } from "../token.ts";
import { targetOf } from "./exports-apart.ts";
import { coalesced } from "./edits.ts";
import { fieldsBehind, hasCommentBetween, insertion, isDefinition, moduleToRewrite, nodeRemoval } from "./fields.ts";
import type { OfferedChange, Refactor } from "./refactoring.ts";

/** From inside of a definition to around it. */
export const importsApart: Refactor = ({ document, selection, isInvoked }) => {
  const place = tokenAt(document, selection.start);
  const module = place === undefined ? undefined : moduleToRewrite(document, place.at);
  if (place === undefined || module === undefined) return [];
  const { at, source, token } = place;
  const node = nodeWith(source.field, token);
  const kind = source.field.kindOf(node);
  if (kind === Node.inlineImport) return offered("Write the import around the definition", taken(document, module, at), "rewrite");
  if (!isInvoked || source.field.kind !== Node.opening) return [];
  return offered("Write all imports around the definitions", everywhere(document, module, taken), "rewrite");
};

/** From around a definition to inside of it. */
export const importsInline: Refactor = ({ document, selection, isInvoked }) => {
  const place = tokenAt(document, selection.start);
  const module = place === undefined ? undefined : moduleToRewrite(document, place.at);
  if (place === undefined || module === undefined) return [];
  const { at, source, token } = place;
  if (source.field.kind === Node.importField && token < 4)
    return offered("Write the import into the definition", put(document, module, at), "rewrite");
  if (!isInvoked || source.field.kind !== Node.opening) return [];
  return offered("Write all imports into the definitions", everywhere(document, module, put), "rewrite");
};

function offered(title: string, edits: readonly WatEdit[], kind: OfferedChange["kind"]): OfferedChange[] {
  return edits.length === 0 ? [] : [{ title, kind, edits }];
}

function everywhere(document: WatDocument, module: BoundModule, change: typeof put): WatEdit[] {
  const edits: WatEdit[] = [];
  for (let at = module.first; at < module.end; at++)
    if (document.fields[at]!.problems.length === 0) for (const edit of change(document, module, at)) edits.push(edit);
  return coalesced(document.text, edits);
}

/** The edits that take an import out of a definition; exports of what is imported become fields. */
function taken(document: WatDocument, module: BoundModule, at: number): WatEdit[] {
  const source = document.fieldText(at);
  const { field } = source;
  const inline = isDefinition(field.kind) ? field.childOf(0, Node.inlineImport) : undefined;
  if (inline === undefined) return [];
  const exports = field.children(0).filter((node) => field.kindOf(node) === Node.inlineExport);
  for (const node of [inline, ...exports]) if (hasCommentBetween(source, field.firstToken(node), field.endToken(node))) return [];
  const [name, item] = [1, 2].map((place) => source.tokenText(field.wordToken(inline) + place));
  const { start, end } = source.nodeSpan(0);
  const target = targetOf(document, module, at);
  const fields = exports.map((node) => `(export ${source.tokenText(field.wordToken(node) + 1)} ${target})`);
  return [
    insertion(start, `(import ${name} ${item} `),
    ...exports.map((node) => nodeRemoval(source, node)),
    nodeRemoval(source, inline),
    ...closed(end, fields.length > 0 ? fieldsBehind(document, at, fields) : undefined),
  ];
}

/** The parenthesis at an end, and what comes behind it; one edit where they meet. */
function closed(end: number, behind: WatEdit | undefined): WatEdit[] {
  if (behind === undefined) return [insertion(end, ")")];
  return behind.span.start === end ? [insertion(end, `)${behind.text}`)] : [insertion(end, ")"), behind];
}

/** The edits that put an import into what it describes. */
function put(document: WatDocument, _: BoundModule, at: number): WatEdit[] {
  const source = document.fieldText(at);
  const { field } = source;
  const extern = 1;
  const isPlain = field.kind === Node.importField && field.nodeCount > extern && field.kindOf(extern) !== Node.importItem;
  if (!isPlain || field.firstToken(extern) !== 4) return [];
  const last = field.tokenCount - 1;
  if (hasCommentBetween(source, 0, field.firstToken(extern) + 1) || hasCommentBetween(source, field.endToken(extern) - 1, last + 1))
    return [];
  const behind = field.nameToken(extern) ?? field.wordToken(extern);
  const isTight = field.tags[behind + 1] === Token.rightParen || field.spans[2 * behind + 2]! > field.spans[2 * behind + 1]!;
  return [
    { span: { start: source.startOf(0), end: source.startOf(field.firstToken(extern)) }, text: "" },
    insertion(source.endOf(behind), ` (import ${source.tokenText(2)} ${source.tokenText(3)})${isTight ? "" : " "}`),
    { span: { start: source.endOf(field.endToken(extern) - 1), end: source.endOf(last) }, text: "" },
  ];
}
