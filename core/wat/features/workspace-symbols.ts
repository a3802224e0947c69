/** Definitions with a name that a query means, in one document. */
import type { Span } from "#core/text/positions.ts";
import { definitionsOf } from "../definitions.ts";
import type { WatDocument } from "../document.ts";
import type { Space } from "../field.ts";

export interface NamedDefinition {
  /** Without `$`; of an export its name. */
  readonly name: string;
  readonly space: Space | "export";
  readonly span: Span;
}

/** At most `limit` definitions whose names have all characters of the query in their order, whatever their case. */
export function namedDefinitions(document: WatDocument, query: string, limit: number): NamedDefinition[] {
  const wanted = query.replace(/^\$/, "").toLowerCase();
  const found: NamedDefinition[] = [];
  for (let at = 0; at < document.fields.length && found.length < limit; at++) {
    if (document.fields[at]!.tokenCount < 3) continue;
    const source = document.fieldText(at);
    const { entries, exports } = definitionsOf(source);
    for (const { name, space, token } of entries)
      if (name !== undefined && isMeant(name, wanted)) found.push({ name, space, span: source.tokenSpan(token) });
    for (const { name, token } of exports) if (isMeant(name, wanted)) found.push({ name, space: "export", span: source.tokenSpan(token) });
  }
  return found.slice(0, limit);
}

function isMeant(name: string, wanted: string): boolean {
  const lower = name.toLowerCase();
  let at = 0;
  for (const character of wanted) {
    at = lower.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
