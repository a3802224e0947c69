import { MarkupKind } from "vscode-languageserver-types";
import type { SignatureHelp } from "vscode-languageserver-types";
import { signatureAt } from "#core/wat/features/signature-help.ts";
import { offsetIn, type PositionParams, type WatFeature } from "./feature.ts";

export const signatureHelpFeature: WatFeature<PositionParams> = {
  method: "textDocument/signatureHelp",
  capability: { signatureHelpProvider: { triggerCharacters: ["(", " "], retriggerCharacters: [")"] } },
  answer: (request, params): SignatureHelp | null => {
    const help = signatureAt(request.document, offsetIn(request, params));
    if (help === undefined) return null;
    const { label, parts, active, documentation } = help;
    const parameters = parts.map(([start, end]) => ({ label: [start, end] as [number, number] }));
    const signature = { label, parameters };
    const signatures = [
      documentation === undefined ? signature : { ...signature, documentation: { kind: MarkupKind.Markdown, value: documentation } },
    ];
    return { signatures, activeSignature: 0, activeParameter: active };
  },
};
