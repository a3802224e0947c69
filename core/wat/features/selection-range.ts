/** What a selection grows to, step by step. */
import type { Span } from "#core/text/positions.ts";
import type { WatDocument } from "../document.ts";
import { Node } from "../node.ts";
import { Token } from "../token.ts";
import { headEnd, isInstruction, moduleOf, nodeWith, tokenAt } from "./place.ts";

/** Nobody grows a selection more often; texts nest deeper. */
const levels = 1000;

/** Spans from the innermost to the whole text, each larger than the one before. */
export function selectionSpans(document: WatDocument, offset: number): Span[] {
  const found: Span[] = [];
  const add = (span: Span): void => {
    const last = found[found.length - 1];
    if (
      found.length < levels &&
      (last === undefined || (span.start <= last.start && span.end >= last.end && span.end - span.start > last.end - last.start))
    )
      found.push(span);
  };
  const place = tokenAt(document, offset);
  if (place !== undefined) {
    const { source, token } = place;
    const { field } = source;
    const tag = field.tags[token];
    if (tag === Token.string && source.endOf(token) - source.startOf(token) > 2)
      add({ start: source.startOf(token) + 1, end: source.endOf(token) - 1 });
    if (tag !== Token.leftParen && tag !== Token.rightParen) add(source.tokenSpan(token));
    for (let node = nodeWith(field, token); ; node = field.parentOf(node)) {
      if (isInstruction(field.kindOf(node)))
        add({ start: source.startOf(field.wordToken(node)), end: source.endOf(headEnd(field, node) - 1) });
      add(source.nodeSpan(node));
      if (node === 0 || found.length >= levels) break;
    }
    const module = moduleOf(document, place.at);
    const opening = module?.opening;
    if (module !== undefined && opening !== undefined) {
      const last = document.fields[module.end]?.kind === Node.closing ? module.end : module.end - 1;
      add({ start: document.fieldText(opening).startOf(0), end: document.fieldText(last).nodeSpan(0).end });
    }
  }
  add({ start: 0, end: document.text.length });
  return found;
}
