/**
 * Parameters and results as a type with a name: `(func (param i32))` as `(type $t (func (param i32)))` and `(func (type $t))`.
 * A type that is only used stands behind all that are defined, so that others of its kind may change their places.
 */
import type { BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import { typesIn } from "../features/inner-names.ts";
import { nodeWith, tokenAt } from "../features/place.ts";
import { Space } from "../field.ts";
import type { Field, FieldText } from "../field.ts";
import { impliesType } from "../implicit-types.ts";
import { Node } from "../node.ts";
import { Token } from "../token.ts";
import { behindLineComment, fieldsBehind, freeName, hasCommentBetween, insertion, isIndexUsedFrom, lineBreakNear, moduleToRewrite, ownIndentation } from "./fields.ts"; // prettier-ignore
import type { Refactor } from "./refactoring.ts";
import { textOf } from "./unfold.ts";

export const extractType: Refactor = ({ document, selection, isInvoked }) => {
  const place = tokenAt(document, selection.start);
  const module = place === undefined ? undefined : moduleToRewrite(document, place.at);
  if (place === undefined || module === undefined) return [];
  const { source, token } = place;
  const node = holderAt(source.field, token, isInvoked);
  const parts = node === undefined ? [] : signatureNodes(source.field, node);
  if (node === undefined || parts.length === 0) return [];
  const { scope, environment } = document.viewOf(module);
  const { params, results } = scope.reader(source).signature(node);
  const identity = environment.types.functionType(params, results);
  if (identity < environment.types.definedCount) {
    const use = `(type ${nameOfType(document, module, identity)})`;
    return [{ title: `Use \`${use}\``, kind: "rewrite", edits: [useEdit(source, parts, use)] }];
  }
  // Types that only uses imply have the indices behind those that are written.
  if (!isInvoked || isIndexUsedFrom(document, module, Space.type, module.names.countOf(Space.type))) return [];
  const name = `$${freeName("t", (other) => module.names.indexOf(Space.type, other) !== undefined)}`;
  const signature = signatureOf(source, parts);
  const definition = definitionEdit(document, module, `(type ${name} (func ${signature}))`);
  return [{ title: `Extract the type as \`${name}\``, kind: "extract", edits: [definition, useEdit(source, parts, `(type ${name})`)] }];
};

/** The node around a token that has parameters and results, but no type with a name. `withShort`: also a block that has one result. */
function holderAt(field: Field, token: number, withShort: boolean): number | undefined {
  let node = nodeWith(field, token);
  while (field.kindOf(node) === Node.refType || field.kindOf(node) === Node.param || field.kindOf(node) === Node.result) {
    node = field.parentOf(node);
    token = field.wordToken(node);
  }
  const isHead = token === field.wordToken(node) || token === field.nameToken(node);
  const isBlock = field.kindOf(node) === Node.block || field.kindOf(node) === Node.foldedBlock;
  const isShort = withShort && isBlock && field.childOf(node, Node.typeUse) === undefined;
  return isHead && (isShort || impliesType(field, node)) ? node : undefined;
}

/** Nodes of the parameters and results of what has them. */
export function signatureNodes(field: Field, node: number): number[] {
  return field.children(node).filter((child) => field.kindOf(child) === Node.param || field.kindOf(child) === Node.result);
}

/** Parameters and results without names, such as `(param i32 i64) (result i32)`. */
export function signatureOf(source: FieldText, parts: readonly number[]): string {
  const { field } = source;
  const written = (kind: number, word: string): string => {
    const types = parts
      .filter((node) => field.kindOf(node) === kind)
      .flatMap((node) => typesIn(field, node).map(([first, end]) => textOf(source, first, end)));
    return types.length === 0 ? "" : `(${word} ${types.join(" ")})`;
  };
  return `${written(Node.param, "param")} ${written(Node.result, "result")}`.trim();
}

/** `$t`, or the index of a type without a name. */
function nameOfType(document: WatDocument, { names, first }: BoundModule, index: number): string {
  const place = names.placeOf(Space.type, index)!;
  const source = document.fieldText(first + place.field);
  const tag = source.field.tags[place.token];
  return tag === Token.name || tag === Token.quotedName ? source.tokenText(place.token) : String(index);
}

/** Names of parameters stay beside the type. */
function useEdit(source: FieldText, parts: readonly number[], use: string): WatEdit {
  const { field } = source;
  const first = field.firstToken(parts[0]!);
  const end = field.endToken(parts[parts.length - 1]!);
  const isKept = parts.some((node) => field.nameToken(node) !== undefined) || hasCommentBetween(source, first, end);
  const start = source.startOf(first);
  return isKept ? insertion(start, `${use} `) : { span: { start, end: source.endOf(end - 1) }, text: use };
}

/** Behind the last type, or before the first field and what is said of it. */
function definitionEdit(document: WatDocument, { first, end, opening }: BoundModule, definition: string): WatEdit {
  for (let at = end - 1; at >= first; at--) {
    const { kind } = document.fields[at]!;
    if (kind === Node.typeField || kind === Node.recField) return fieldsBehind(document, at, [definition]);
  }
  const { text } = document;
  const start = document.fieldText(first).startOf(0);
  const indentation = ownIndentation(text, start);
  const line = indentation === undefined ? undefined : lineBreakNear(text, start) + indentation;
  if (opening === undefined) return insertion(document.starts[first]!, definition + (line ?? " "));
  return insertion(behindLineComment(text, document.fieldText(opening).nodeSpan(0).end), (line ?? " ") + definition);
}
