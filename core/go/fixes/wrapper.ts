/** Puts a function with types that the host has between the host and this one. */
import { underlying } from "../types/types.ts";
import type { CarrierWriting } from "./carrier-writing.ts";
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
    const doing = importing === undefined ? `Export ${name} through a wrapper` : `Import through a wrapper in ${name}`;
    const offers: (Offer | undefined)[] = [attempt(request, `${doing}${purposes[problem.code] ?? ""}`, true, {})];
    const types = [...declaration.signature.parameters, ...declaration.signature.results].map((node) =>
      underlying(context.types.typeIn(context.file, node.type)),
    );
    if (types.some((type) => type.kind === "basic" && (type.name === "int" || type.name === "uint")))
      offers.push(attempt(request, `${doing}, with int as 64 bits`, false, { integerBits: 64 }));
    if (importing === undefined && declaration.receiver !== undefined)
      offers.push(attempt(request, `${doing}, with an int32 handle for the receiver`, false, { receiverHandle: true }));
    if (types.some(({ kind }) => kind === "pointer" || kind === "struct"))
      offers.push(attempt(request, `${doing}, with int32 handles for what stays in Go`, false, { handles: true }));
    const result = types[types.length - 1];
    if (
      importing === undefined &&
      problem.code === "unsupported-result" &&
      (result?.kind === "slice" || (result?.kind === "basic" && result.name === "string"))
    )
      offers.push(attempt(request, `${doing}, with the length by an export of its own`, false, { lengthExport: true }));
    return offers.filter((offer) => offer !== undefined);
  },
};

/** What the wrapper is for, by the problem's code. */
const purposes: Readonly<Record<string, string>> = {
  "unsupported-parameter": " with types that cross",
  "unsupported-result": " with types that cross",
  "too-many-results": " that writes the results through pointers",
  "argument-too-large": " that takes a struct",
  "too-many-wasm-parameters": " that takes a struct",
};

interface Choice extends Partial<WrapperOptions> {
  readonly integerBits?: 64;
  readonly handles?: boolean;
}

function attempt(request: FixRequest, title: string, preferred: boolean, choice: Choice): Offer | undefined {
  const { context, source, isEditable } = request;
  const border = borderOf(context, ownerOf(request))!;
  const draft = new Draft(source);
  const writing: CarrierWriting = {
    context,
    source,
    isEditable,
    file: context.file,
    draft,
    names: new FreeNames(context.package, context.file),
    integerBits: choice.integerBits ?? 32,
    mirrors: choice.handles !== true,
    declarations: [],
  };
  const options = { receiverHandle: choice.receiverHandle ?? false, lengthExport: choice.lengthExport ?? false };
  const written = border.importing === undefined ? wrapExport(writing, border, options) : wrapImport(writing, border);
  return written ? { title, kind: preferred ? "quickfix" : "refactor.rewrite", preferred, draft } : undefined;
}
