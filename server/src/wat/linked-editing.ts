import { linkedLabels } from "#core/wat/features/linked-labels.ts";
import { offsetIn, type PositionParams, type WatFeature } from "./feature.ts";

export const linkedEditingFeature: WatFeature<PositionParams> = {
  method: "textDocument/linkedEditingRange",
  capability: { linkedEditingRangeProvider: true },
  answer: (request, params) => {
    const spans = linkedLabels(request.document, offsetIn(request, params));
    if (spans === undefined) return null;
    // Names of WebAssembly text, which quotes would make others.
    return {
      ranges: spans.map((span) => request.document.lines.rangeOf(span)),
      wordPattern: String.raw`\$[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_${"`"}|~]*`,
    };
  },
};
