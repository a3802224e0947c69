/** Definitions of all open documents. */
import { SymbolKind } from "vscode-languageserver-types";
import type { SymbolInformation } from "vscode-languageserver-types";
import type { WatDocument } from "#core/wat/document.ts";
import { namedDefinitions, type NamedDefinition } from "#core/wat/features/workspace-symbols.ts";
import { Space } from "#core/wat/field.ts";

/** An editor shows no more, and asks again when the query is longer. */
const limit = 500;

const kinds: ReadonlyMap<NamedDefinition["space"], SymbolKind> = new Map<NamedDefinition["space"], SymbolKind>([
  [Space.type, SymbolKind.Interface],
  [Space.func, SymbolKind.Function],
  [Space.table, SymbolKind.Array],
  [Space.memory, SymbolKind.Object],
  [Space.global, SymbolKind.Variable],
  [Space.tag, SymbolKind.Event],
  [Space.elem, SymbolKind.Array],
  [Space.data, SymbolKind.String],
  ["export", SymbolKind.Property],
]);

export function workspaceSymbols(
  documents: readonly { readonly uri: string; readonly parsed: WatDocument }[],
  query: string,
): SymbolInformation[] {
  const found: SymbolInformation[] = [];
  for (const { uri, parsed } of documents) {
    for (const { name, space, span } of namedDefinitions(parsed, query, limit - found.length)) {
      const shown = space === "export" ? JSON.stringify(name) : `$${name}`;
      found.push({ name: shown, kind: kinds.get(space)!, location: { uri, range: parsed.lines.rangeOf(span) } });
    }
  }
  return found;
}
