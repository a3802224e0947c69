import { MarkupKind } from "vscode-languageserver-types";
import type { Hover } from "vscode-languageserver-types";
import { hoverAt } from "#core/wat/features/hover.ts";
import { offsetIn, type PositionParams, type WatFeature } from "./feature.ts";

export const hoverFeature: WatFeature<PositionParams> = {
  method: "textDocument/hover",
  capability: { hoverProvider: true },
  answer: (request, params): Hover | null => {
    const hover = hoverAt(request.document, offsetIn(request, params));
    if (hover === undefined) return null;
    return { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range: request.document.lines.rangeOf(hover.span) };
  },
};
