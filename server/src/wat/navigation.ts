/** Where names come from, and where they are used. */
import { DocumentHighlightKind } from "vscode-languageserver-types";
import type { DocumentHighlight } from "vscode-languageserver-types";
import { definitionSpan, highlights, referenceSpans, typeDefinitionSpan } from "#core/wat/features/navigation.ts";
import type { HighlightKind } from "#core/wat/features/navigation.ts";
import { locationOf, offsetIn, type LocationOf, type PositionParams, type WatFeature, type WatRequest } from "./feature.ts";

function definition(request: WatRequest, params: PositionParams): LocationOf | null {
  const span = definitionSpan(request.document, offsetIn(request, params));
  return span === undefined ? null : locationOf(request, span);
}

export const definitionFeature: WatFeature<PositionParams> = {
  method: "textDocument/definition",
  capability: { definitionProvider: true },
  answer: definition,
};

/** An import declares what another module defines, and is all that this text has of it. */
export const declarationFeature: WatFeature<PositionParams> = {
  method: "textDocument/declaration",
  capability: { declarationProvider: true },
  answer: definition,
};

export const typeDefinitionFeature: WatFeature<PositionParams> = {
  method: "textDocument/typeDefinition",
  capability: { typeDefinitionProvider: true },
  answer: (request, params) => {
    const span = typeDefinitionSpan(request.document, offsetIn(request, params));
    return span === undefined ? null : locationOf(request, span);
  },
};

interface ReferenceParams extends PositionParams {
  readonly context?: { readonly includeDeclaration?: boolean };
}

export const referencesFeature: WatFeature<ReferenceParams> = {
  method: "textDocument/references",
  capability: { referencesProvider: true },
  answer: (request, params) =>
    referenceSpans(request.document, offsetIn(request, params), params.context?.includeDeclaration !== false)?.map((span) =>
      locationOf(request, span),
    ) ?? null,
};

const kinds: Readonly<Record<HighlightKind, DocumentHighlightKind>> = {
  text: DocumentHighlightKind.Text,
  read: DocumentHighlightKind.Read,
  write: DocumentHighlightKind.Write,
};

export const highlightFeature: WatFeature<PositionParams> = {
  method: "textDocument/documentHighlight",
  capability: { documentHighlightProvider: true },
  answer: (request, params): DocumentHighlight[] =>
    highlights(request.document, offsetIn(request, params)).map(({ span, kind }) => ({
      range: request.document.lines.rangeOf(span),
      kind: kinds[kind],
    })),
};
