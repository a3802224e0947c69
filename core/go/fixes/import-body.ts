/** A function is either imported or has a body. */
import { Draft } from "./draft.ts";
import { ownerOf, quickFix, type FixRequest, type Offer, type Recipe } from "./fix.ts";
import { withoutCommentLine } from "./lines.ts";
import type { FuncDeclaration } from "../source/syntax.ts";

export const importBody: Recipe = {
  codes: ["import-body"],
  offer(request) {
    const declaration = ownerOf(request);
    if (declaration?.body === undefined) return [];
    const isGeneric = declaration.parameters.length > 0;
    const offers = [withoutDirective(request, declaration, isGeneric)];
    // The host can give no generic function, so there the body has to stay.
    return isGeneric ? offers : [withoutBody(request, declaration), asExport(request, declaration), ...offers];
  },
};

function withoutBody({ context: { file }, source }: FixRequest, { signature, name, span }: FuncDeclaration): Offer {
  const draft = new Draft(source);
  const end = Math.max(signature.resultSpan.end, name.span.end);
  draft.replace(file, { start: end, end: span.end }, "");
  return quickFix(`Delete the body: the host gives ${name.text}`, draft);
}

function withoutDirective({ context: { file } }: FixRequest, declaration: FuncDeclaration, preferred: boolean): Offer {
  const draft = new Draft();
  for (const { kind, target, span } of file.directives) {
    if (kind !== "wasmimport" || target !== declaration) continue;
    const change = withoutCommentLine(file.text, span);
    draft.replace(file, change.span, change.text);
  }
  return quickFix("Delete the directive, and keep the body", draft, preferred);
}

function asExport({ context: { file } }: FixRequest, declaration: FuncDeclaration): Offer {
  const draft = new Draft();
  for (const { kind, target, span, words } of file.directives) {
    if (kind === "wasmimport" && target === declaration)
      draft.replace(file, span, `//go:wasmexport ${words[1]?.text ?? declaration.name.text}`);
  }
  return { title: `Export ${declaration.name.text} rather than import it`, kind: "refactor.rewrite", preferred: false, draft };
}
