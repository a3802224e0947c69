/** Exports what is not exported yet, under its own name. */
import { exportNames } from "../features/references.ts";
import { nodeWith, tokenAt } from "../features/place.ts";
import { definitionOf, symbolAt } from "../features/symbol.ts";
import { Space } from "../field.ts";
import { Node } from "../node.ts";
import { fieldsBehind, freeName, insertion, isDefinition, moduleToRewrite } from "./fields.ts";
import type { Refactor } from "./refactoring.ts";

/** Offered at the word or name of a definition. */
export const exportDefinition: Refactor = ({ document, selection, isInvoked }) => {
  const place = tokenAt(document, selection.start);
  if (place === undefined) return [];
  const { at, source, token } = place;
  const { field } = source;
  const node = nodeWith(field, token);
  const isHead = token === field.wordToken(node) || token === field.nameToken(node);
  const kind = field.kindOf(node);
  const isImport = kind >= Node.externFunc && kind <= Node.externTag;
  if (!isHead || !(isDefinition(kind) || isImport) || !isInvoked) return [];
  const module = moduleToRewrite(document, at);
  const symbol = module === undefined ? undefined : symbolAt(document, place);
  if (module === undefined || symbol?.kind !== "entry" || symbol.space >= Space.elem || symbol.space === Space.type) return [];
  if (exportNames(document, symbol).length > 0) return [];
  const word = source.tokenText(field.wordToken(node));
  const named = field.nameToken(node);
  const wish = named === undefined ? `${word}${symbol.index}` : source.nameOf(named);
  const name = JSON.stringify(freeName(wish, (other) => module.names.exported(other) !== undefined));
  // What a string of the format cannot hold as it is.
  if (/[\\\p{Cc}]/u.test(name)) return [];
  const title = `Export it as \`${name}\``;
  if (isDefinition(kind)) {
    const behind = definitionOf(document, symbol)!.token;
    return [{ title, kind: "rewrite", edits: [insertion(source.endOf(behind), ` (export ${name})`)] }];
  }
  const target = named === undefined ? `(${word} ${symbol.index})` : `(${word} ${source.tokenText(named)})`;
  return [{ title, kind: "rewrite", edits: [fieldsBehind(document, at, [`(export ${name} ${target})`])] }];
};
