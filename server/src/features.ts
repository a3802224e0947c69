/** What the server can be asked about a document of WebAssembly text; a new feature is a file in `wat/` and a line here. */
import { DocumentSymbolRequest, FoldingRangeRequest, type ServerCapabilities, type TextDocumentIdentifier } from "vscode-languageserver";
import type { WatDocument } from "#core/wat/document.ts";
import { documentSymbols } from "./wat/document-symbol.ts";
import { foldingRanges } from "./wat/folding-range.ts";

export interface WatFeature {
  readonly method: string;
  readonly capability: ServerCapabilities;
  /** The answer, which is sent as it is. */
  readonly answer: (document: WatDocument, params: { readonly textDocument: TextDocumentIdentifier }) => unknown;
}

export const watFeatures: readonly WatFeature[] = [
  { method: DocumentSymbolRequest.method, capability: { documentSymbolProvider: true }, answer: documentSymbols },
  { method: FoldingRangeRequest.method, capability: { foldingRangeProvider: true }, answer: foldingRanges },
];
