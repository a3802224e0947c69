/** What the server can be asked about a document of WebAssembly text; a new feature is a file in `wat/` and a line here. */
import { completionFeature } from "./wat/completion.ts";
import { documentLinkFeature } from "./wat/document-link.ts";
import { documentSymbols } from "./wat/document-symbol.ts";
import type { DocumentParams, WatFeature } from "./wat/feature.ts";
import { callHierarchyFeatures, typeHierarchyFeatures } from "./wat/hierarchy.ts";
import { formattingFeatures } from "./wat/formatting.ts";
import { hoverFeature } from "./wat/hover.ts";
import { foldingRanges } from "./wat/folding-range.ts";
import { linkedEditingFeature } from "./wat/linked-editing.ts";
import { declarationFeature, definitionFeature, highlightFeature, referencesFeature, typeDefinitionFeature } from "./wat/navigation.ts";
import { prepareRenameFeature, renameFeature } from "./wat/rename.ts";
import { selectionRangeFeature } from "./wat/selection-range.ts";
import { semanticTokensDeltaFeature, semanticTokensFeature, semanticTokensRangeFeature } from "./wat/semantic-tokens.ts";
import { signatureHelpFeature } from "./wat/signature-help.ts";

const documentSymbolFeature: WatFeature<DocumentParams> = {
  method: "textDocument/documentSymbol",
  capability: { documentSymbolProvider: true },
  answer: ({ document }) => documentSymbols(document),
};

const foldingRangeFeature: WatFeature<DocumentParams> = {
  method: "textDocument/foldingRange",
  capability: { foldingRangeProvider: true },
  answer: ({ document }) => foldingRanges(document),
};

export const watFeatures: readonly WatFeature<never>[] = [
  hoverFeature,
  completionFeature,
  signatureHelpFeature,
  documentSymbolFeature,
  foldingRangeFeature,
  definitionFeature,
  declarationFeature,
  typeDefinitionFeature,
  referencesFeature,
  highlightFeature,
  prepareRenameFeature,
  renameFeature,
  linkedEditingFeature,
  selectionRangeFeature,
  semanticTokensFeature,
  semanticTokensDeltaFeature,
  semanticTokensRangeFeature,
  documentLinkFeature,
  ...callHierarchyFeatures,
  ...typeHierarchyFeatures,
  ...formattingFeatures,
];
