/** Renames what has a name, and gives one to what has none. */
import { prepareRename, rename } from "#core/wat/features/rename.ts";
import { offsetIn, Refusal, type PositionParams, type WatFeature } from "./feature.ts";

export const prepareRenameFeature: WatFeature<PositionParams> = {
  method: "textDocument/prepareRename",
  capability: {},
  answer: (request, params) => {
    const prepared = prepareRename(request.document, offsetIn(request, params));
    if ("refusal" in prepared) throw new Refusal(prepared.refusal);
    return { range: request.document.lines.rangeOf(prepared.span), placeholder: prepared.placeholder };
  },
};

interface RenameParams extends PositionParams {
  readonly newName: string;
}

export const renameFeature: WatFeature<RenameParams> = {
  method: "textDocument/rename",
  capability: { renameProvider: { prepareProvider: true } },
  answer: (request, params) => {
    const { document, uri } = request;
    const renaming = rename(document, offsetIn(request, params), params.newName);
    if ("refusal" in renaming) throw new Refusal(renaming.refusal);
    return { changes: { [uri]: renaming.edits.map(({ span, text }) => ({ range: document.lines.rangeOf(span), newText: text })) } };
  },
};
