import type { Position, SelectionRange } from "vscode-languageserver-types";
import { selectionSpans } from "#core/wat/features/selection-range.ts";
import type { DocumentParams, WatFeature } from "./feature.ts";

interface SelectionRangeParams extends DocumentParams {
  readonly positions: readonly Position[];
}

export const selectionRangeFeature: WatFeature<SelectionRangeParams> = {
  method: "textDocument/selectionRange",
  capability: { selectionRangeProvider: true },
  answer: ({ document }, { positions }): SelectionRange[] =>
    positions.map((position) => {
      const [first, ...outer] = selectionSpans(document, document.lines.offsetAt(position)).reverse();
      const whole: SelectionRange = { range: document.lines.rangeOf(first!) };
      return outer.reduce((parent, span) => ({ range: document.lines.rangeOf(span), parent }), whole);
    }),
};
