/** Imports of files beside the document. Only the document's own kind of place is linked to, never another host. */
import type { DocumentLink } from "vscode-languageserver-types";
import { importedPaths } from "#core/wat/features/references.ts";
import type { DocumentParams, WatFeature } from "./feature.ts";

export const documentLinkFeature: WatFeature<DocumentParams> = {
  method: "textDocument/documentLink",
  capability: { documentLinkProvider: {} },
  answer: ({ document, uri }): DocumentLink[] =>
    importedPaths(document).flatMap(({ span, path }) => {
      const target = siblingUri(uri, path);
      return target === undefined ? [] : [{ range: document.lines.rangeOf(span), target }];
    }),
};

function siblingUri(uri: string, path: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  const folder = uri.slice(0, uri.lastIndexOf("/") + 1);
  return new URL(path.split("/").map(encodeURIComponent).join("/"), folder).href;
}
