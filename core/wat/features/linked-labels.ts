/** Names of one label that are edited together: behind its block, and repeated behind `else` and `end`. */
import type { Span } from "#core/text/positions.ts";
import type { WatDocument } from "../document.ts";
import { isName, tokenAt } from "./place.ts";
import { occurrencesOf, symbolAt } from "./symbol.ts";

/** The names with their `$`; `undefined` where nothing is linked. */
export function linkedLabels(document: WatDocument, offset: number): Span[] | undefined {
  const place = tokenAt(document, offset);
  if (place === undefined || !isName(place.source.field.tags[place.token])) return undefined;
  const symbol = symbolAt(document, place);
  if (symbol?.kind !== "label") return undefined;
  const spans = occurrencesOf(document, symbol)
    .filter(({ token }) => isName(place.source.field.tags[token]))
    .map(({ token }) => place.source.tokenSpan(token));
  return spans.length > 1 ? spans : undefined;
}
