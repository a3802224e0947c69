/** Semantic tokens: whole, of a range, and what an edit has changed of them. */
import type { Range } from "vscode-languageserver-types";
import { SemanticTokens, tokenModifiers, tokenTypes } from "#core/wat/features/semantic-tokens.ts";
import type { Field } from "#core/wat/field.ts";
import type { DocumentParams, WatFeature, WatRequest } from "./feature.ts";

/** What a client has of a document. */
interface Sent {
  readonly resultId: string;
  readonly fields: readonly Field[];
}

const sent = new Map<string, Sent>();
let results = 0;

function remember({ uri, document }: WatRequest): string {
  const resultId = String(++results);
  sent.set(uri, { resultId, fields: document.fields });
  return resultId;
}

/** Where the client colours by a grammar, too, it needs only what a grammar cannot tell. */
function tokensOf({ document, client }: WatRequest): SemanticTokens {
  const { augmentsSyntaxTokens } = (client["semanticTokens"] ?? {}) as { readonly augmentsSyntaxTokens?: boolean };
  return new SemanticTokens(document, augmentsSyntaxTokens !== true);
}

export const semanticTokensFeature: WatFeature<DocumentParams> = {
  method: "textDocument/semanticTokens/full",
  capability: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      range: true,
      full: { delta: true },
    },
  },
  forget: (uri) => void sent.delete(uri),
  answer: (request) => ({ data: tokensOf(request).all(), resultId: remember(request) }),
};

interface DeltaParams extends DocumentParams {
  readonly previousResultId: string;
}

export const semanticTokensDeltaFeature: WatFeature<DeltaParams> = {
  method: "textDocument/semanticTokens/full/delta",
  capability: {},
  answer: (request, { previousResultId }) => {
    const before = sent.get(request.uri);
    const tokens = tokensOf(request);
    if (before?.resultId !== previousResultId) return { data: tokens.all(), resultId: remember(request) };
    const edit = tokens.changeFrom(before.fields);
    return { edits: edit.deleteCount === 0 && edit.data.length === 0 ? [] : [edit], resultId: remember(request) };
  },
};

interface RangeParams extends DocumentParams {
  readonly range: Range;
}

export const semanticTokensRangeFeature: WatFeature<RangeParams> = {
  method: "textDocument/semanticTokens/range",
  capability: {},
  answer: (request, { range }) => ({ data: tokensOf(request).ofLines(range.start.line, range.end.line) }),
};
