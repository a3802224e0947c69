/** Puts a function with types that the host has between the host and this one. */
import { underlying } from "../types/types.ts";
import type { CarrierWriting } from "./carriers.ts";
import { Draft } from "./draft.ts";
import { wrapExport, type WrapperOptions } from "./export-wrapper.ts";
import { ownerOf, type FixRequest, type Offer, type Recipe } from "./fix.ts";
import { wrapImport } from "./import-wrapper.ts";
import { FreeNames } from "./names.ts";
import { borderOf } from "./signature.ts";

export const wrapper: Recipe = {
  codes: [
    "unsupported-parameter",
    "unsupported-result",
    "too-many-results",
    "argument-too-large",
    "method-export",
    "redeclared-export",
    "too-many-wasm-parameters",
  ],
  offer(request) {
    const { context, problem } = request;
    const border = borderOf(context, ownerOf(request));
    if (border === undefined) return [];
    const { declaration, importing } = border;
    const isGeneric = declaration.parameters.length > 0;
    if (problem.code === "redeclared-export" && !isGeneric) return [];
    const name = declaration.name.text;
    const doing =
      importing === undefined
        ? `Export ${name} through a function that converts`
        : `Import ${name} under another name, and convert in ${name}`;
    const offers: (Offer | undefined)[] = [attempt(request, doing, true, {})];
    const types = [...declaration.signature.parameters, ...declaration.signature.results].map((node) =>
      underlying(context.types.typeIn(context.file, node.type)),
    );
    if (types.some((type) => type.kind === "basic" && (type.name === "int" || type.name === "uint")))
      offers.push(attempt(request, `${doing} int to 64 bits`, false, { integerBits: 64 }));
    if (importing === undefined && declaration.receiver !== undefined)
      offers.push(attempt(request, `Export ${name} with an int32 handle for its receiver`, false, { receiverHandle: true }));
    const result = types[types.length - 1];
    if (
      importing === undefined &&
      problem.code === "unsupported-result" &&
      (result?.kind === "slice" || (result?.kind === "basic" && result.name === "string"))
    )
      offers.push(attempt(request, `Export ${name}, and the length of its result by ${name}_len`, false, { lengthExport: true }));
    return offers.filter((offer) => offer !== undefined);
  },
};

interface Choice extends Partial<WrapperOptions> {
  readonly integerBits?: 64;
}

function attempt(request: FixRequest, title: string, preferred: boolean, choice: Choice): Offer | undefined {
  const { context, source, isEditable } = request;
  const border = borderOf(context, ownerOf(request))!;
  const draft = new Draft();
  const writing: CarrierWriting = {
    context,
    source,
    isEditable,
    file: context.file,
    draft,
    names: new FreeNames(context.package, context.file),
    integerBits: choice.integerBits ?? 32,
    declarations: [],
  };
  const options = { receiverHandle: choice.receiverHandle ?? false, lengthExport: choice.lengthExport ?? false };
  const written = border.importing === undefined ? wrapExport(writing, border, options) : wrapImport(writing, border);
  return written ? { title, kind: preferred ? "quickfix" : "refactor.rewrite", preferred, draft } : undefined;
}
