/** What a request about WebAssembly text is answered from. */
import type { Position } from "vscode-languageserver-types";
import type { SettingValues } from "#core/contract/settings.ts";
import type { Span } from "#core/text/positions.ts";
import type { WatDocument } from "#core/wat/document.ts";

/** The document that a request is about, at the moment of the request. */
export interface WatRequest {
  readonly uri: string;
  readonly version: number;
  readonly document: WatDocument;
  readonly settings: SettingValues;
  /** Capabilities of the client's `textDocument`, which nobody has checked. */
  readonly client: Readonly<Record<string, unknown>>;
}

export interface WatFeature<Params> {
  readonly method: string;
  /** Parts of the server's capabilities. */
  readonly capability: object;
  /** URI of the document; that of `params.textDocument` where it is left out. */
  readonly uriOf?: (params: Params) => string;
  /** Lets go of what is kept for a document, which was closed. */
  readonly forget?: (uri: string) => void;
  /** The answer, which is sent as it is. */
  readonly answer: (request: WatRequest, params: Params) => unknown;
}

/** Refuses a request for a reason that the user should read. */
export class Refusal extends Error {}

export interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

export interface PositionParams extends DocumentParams {
  readonly position: Position;
}

export interface LocationOf {
  readonly uri: string;
  readonly range: ReturnType<WatDocument["lines"]["rangeOf"]>;
}

/** A place in the document of a request. */
export function locationOf({ uri, document }: WatRequest, span: Span): LocationOf {
  return { uri, range: document.lines.rangeOf(span) };
}

export function offsetIn({ document }: WatRequest, { position }: PositionParams): number {
  return document.lines.offsetAt(position);
}
