import { InlayHintKind } from "vscode-languageserver-types";
import type { InlayHint, Range } from "vscode-languageserver-types";
import { inlayHints } from "#core/wat/features/inlay-hints.ts";
import type { WatRequest } from "./feature.ts";

export function watInlayHints({ document, settings }: WatRequest, range: Range): InlayHint[] {
  const { lines } = document;
  const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  const hints = inlayHints(document, span, {
    types: settings["wat.inlayHints.types"],
    ends: settings["wat.inlayHints.ends"],
    indices: settings["wat.inlayHints.indices"],
    stack: settings["wat.inlayHints.stack"],
    constants: settings["wat.inlayHints.constants"],
  });
  return hints.map(({ offset, text, kind }) => {
    const hint: InlayHint = { position: lines.positionAt(offset), label: text };
    return kind === "type" ? { ...hint, kind: InlayHintKind.Type } : { ...hint, paddingLeft: true };
  });
}
