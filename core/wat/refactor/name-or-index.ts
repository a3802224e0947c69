/** One use of something, by its name in place of its index or by its index in place of its name. */
import type { WatDocument, WatEdit } from "../document.ts";
import { innerNames, labelUses } from "../features/inner-names.ts";
import { isName, tokenAt } from "../features/place.ts";
import type { TokenPlace } from "../features/place.ts";
import { naming, unnamable } from "../features/rename.ts";
import { definitionOf, symbolAt } from "../features/symbol.ts";
import type { WatSymbol } from "../features/symbol.ts";
import { InnerUse, innerUseStride } from "../field-notes.ts";
import { defaultIndex, Space } from "../field.ts";
import { Token } from "../token.ts";
import { isBareSegmentTarget, mayHaveName, segmentTarget } from "./names-for-indices.ts";
import { NameSupply, outsideNames, prefixes } from "./new-names.ts";
import type { Refactor } from "./refactoring.ts";

/** Tokens of a function beyond which its labels are looked at only when somebody asks. */
const manyTokens = 200_000;

export const nameOrIndex: Refactor = ({ document, selection, isInvoked }) => {
  const place = tokenAt(document, selection.start);
  if (place === undefined || place.source.field.problems.length > 0 || !isUse(place)) return [];
  const { source, token } = place;
  const symbol = symbolAt(document, place);
  if (symbol === undefined || (symbol.kind === "label" && !isInvoked && source.field.tokenCount > manyTokens)) return [];
  const written = source.tokenText(token);
  if (isName(source.field.tags[token])) {
    const index = indexOf(place, symbol);
    if (index === undefined) return [];
    const edits = [{ span: source.tokenSpan(token), text: `${index}` }];
    return [{ title: `Write the name \`${written}\` as the index \`${index}\``, kind: "rewrite", edits }];
  }
  if (symbol.kind === "label" && labelUses(source).find((use) => use.token === token)?.isHidden !== false) return [];
  const definition = definitionOf(document, symbol);
  if (definition === undefined || unnamable(document, symbol) !== undefined) return [];
  const known = definition.source.field.tags[definition.token];
  if (isName(known)) {
    const name = definition.source.tokenText(definition.token);
    return [{ title: `Write the index \`${written}\` as the name \`${name}\``, kind: "rewrite", edits: useEdits(place, name) }];
  }
  if (!isInvoked || (symbol.kind === "entry" && !mayHaveName(definition.source, definition.token))) return [];
  const name = newName(document, symbol);
  const edits = [...naming(document, symbol, name), ...useEdits(place, name)].sort((left, right) => left.span.start - right.span.start);
  return [{ title: `Write the index \`${written}\` as a new name \`${name}\``, kind: "rewrite", edits }];
};

/** Whether a token refers to something that is defined elsewhere. */
function isUse({ source, token }: TokenPlace): boolean {
  const { references, tags } = source.field;
  if (!isName(tags[token]) && tags[token] !== Token.natural) return false;
  for (let place = 0; place < references.length; place += 2)
    if (references[place + 1] === token && references[place]! < defaultIndex) return true;
  const { uses } = innerNames(source);
  for (let place = 0; place < uses.length; place += innerUseStride)
    if (uses[place] === token && uses[place + 1] !== InnerUse.labelRepeated) return true;
  return false;
}

function indexOf({ source, token }: TokenPlace, symbol: WatSymbol): number | undefined {
  return symbol.kind === "label" ? labelUses(source).find((use) => use.token === token)?.depth : symbol.index;
}

function useEdits({ source, token }: TokenPlace, name: string): WatEdit[] {
  return isBareSegmentTarget(source, token) ? segmentTarget(source, token, name) : [{ span: source.tokenSpan(token), text: name }];
}

/** A name that nothing else in its scope has, with its `$`. */
function newName(document: WatDocument, symbol: WatSymbol): string {
  switch (symbol.kind) {
    case "entry": {
      const { module, space, index } = symbol;
      const wish = outsideNames(document, module).get(space)?.get(index) ?? `${prefixes[space]}${index}`;
      return new NameSupply(module.names.namesOf(space).keys()).take(wish);
    }
    case "field": {
      const names = symbol.module.names.typeAt(symbol.type)?.fields ?? [];
      return new NameSupply(names.filter((name) => name !== undefined)).take(`${prefixes[Space.structField]}${symbol.index}`);
    }
    case "local": {
      const source = document.fieldText(symbol.at);
      const { locals } = innerNames(source);
      const first = definitionOf(document, symbol)!.token;
      const isParameter = locals.some((local) => local.type === first && local.isParameter);
      const names = locals.flatMap(({ name }) => (name === undefined ? [] : [source.nameOf(name)]));
      return new NameSupply(names).take(`${isParameter ? "p" : "l"}${symbol.index}`);
    }
    case "label": {
      const source = document.fieldText(symbol.at);
      const { labels } = innerNames(source);
      const tokens = labels.flatMap((node) => source.field.nameToken(node) ?? []);
      return new NameSupply(tokens.map((token) => source.nameOf(token))).take(`b${labels.indexOf(symbol.node)}`);
    }
  }
}
