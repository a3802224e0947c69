/** Lenses that tell how often something is used. They are counted when they come into sight. */
import type { CodeLens } from "vscode-languageserver-types";
import { type ShowReferences, showReferencesCommand } from "#core/contract/show-references.ts";
import type { WatDocument } from "#core/wat/document.ts";
import { entryNear, exportNames, useCount, usedDefinitions } from "#core/wat/features/references.ts";
import { cut } from "#core/wat/features/text.ts";
import type { Space } from "#core/wat/field.ts";
import type { WatRequest } from "./feature.ts";

interface LensData {
  readonly uri: string;
  readonly offset: number;
  readonly space: Space;
  readonly index: number;
}

export function watLenses({ document, uri, settings }: WatRequest): CodeLens[] {
  // Scripts have many small modules, whose definitions are used by the commands behind them.
  if (!settings["wat.codeLens"] || document.kind === "wast") return [];
  return usedDefinitions(document).map(({ entry: { space, index }, selection }) => ({
    range: document.lines.rangeOf(selection),
    data: { uri, offset: selection.start, space, index } satisfies LensData,
  }));
}

/** Whether `initializationOptions` say that the client shows what lenses count. */
export function showsReferences(options: unknown): boolean {
  return typeof options === "object" && options !== null && "showsReferences" in options && options.showsReferences === true;
}

/** The lens with its text; none where what it was about is no longer there. `isShown`: the client knows the command. */
export function resolvedLens(lens: CodeLens, documentOf: (uri: string) => WatDocument | undefined, isShown: boolean): CodeLens {
  if (lens.command !== undefined || !isLensData(lens.data)) return lens;
  const { uri, offset, space, index } = lens.data;
  const document = documentOf(uri);
  const entry = document === undefined ? undefined : entryNear(document, offset, space, index);
  if (document === undefined || entry === undefined) return { ...lens, command: { title: "", command: "" } };
  const count = useCount(document, entry);
  const names = exportNames(document, entry).map((name) => cut(JSON.stringify(name), 40));
  const exported = names.length === 0 ? "" : `, exported as ${names.join(", ")}`;
  const title = `${count === 1 ? "1 reference" : `${count} references`}${exported}`;
  if (!isShown || count === 0) return { ...lens, command: { title, command: "" } };
  const shown: ShowReferences = { uri, position: lens.range.start };
  return { ...lens, command: { title, command: showReferencesCommand, arguments: [shown] } };
}

function isLensData(data: unknown): data is LensData {
  if (typeof data !== "object" || data === null) return false;
  const { uri, offset, space, index } = data as Partial<Record<keyof LensData, unknown>>;
  return typeof uri === "string" && [offset, space, index].every((number) => typeof number === "number");
}
