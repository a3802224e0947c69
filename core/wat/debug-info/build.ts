/** WAT to a module with the debug information that was asked for: what `go-wasm build` writes. */
import { nameContents, withCustomSections, type CustomSection } from "#core/wasm/custom-sections.ts";
import { readModule } from "#core/wasm/module.ts";
import type { WatDocument } from "../document.ts";
import { encodeWat, type EncodeProblem } from "../encode.ts";
import { watDwarf, type WatDwarfSource } from "./dwarf.ts";
import { watSourceMap } from "./source-map.ts";

export interface WatBuildOptions {
  /** Whether the names of the text go into the `name` section. */
  readonly names: boolean;
  readonly dwarf?: Pick<WatDwarfSource, "name" | "directory" | "producer"> | undefined;
  readonly sourceMap?: SourceMapNames | undefined;
}

export interface SourceMapNames {
  /** Of the module, as the map names it. */
  readonly file: string;
  /** Of the text, as the map names it. */
  readonly source: string;
  /** Of the map, as the module names it. */
  readonly url: string;
}

export interface BuiltWat {
  /** `undefined` where there are problems. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  /** Text of the source map, where one was asked for. */
  readonly sourceMap: string | undefined;
  readonly problems: readonly EncodeProblem[];
}

/** Builds the first module of a document. What is wrong beyond syntax and names is for the document's own problems to say. */
export function buildWat(document: WatDocument, { names, dwarf, sourceMap }: WatBuildOptions): BuiltWat {
  const encoded = encodeWat(document);
  const { bytes, problems } = encoded;
  if (!bytes) return { bytes, sourceMap: undefined, problems };
  const { text, lines } = document;
  const added: CustomSection[] = [];
  if (dwarf) added.push(...watDwarf({ ...dwarf, text, lines }, encoded, bytes));
  if (sourceMap) added.push({ name: "sourceMappingURL", contents: nameContents(sourceMap.url) });
  const dropped = (name: string): boolean => !names && name === "name";
  return {
    bytes: withCustomSections(readModule(bytes).module, added, dropped),
    sourceMap: sourceMap && watSourceMap(sourceMap.file, { name: sourceMap.source, text, lines }, encoded),
    problems,
  };
}
