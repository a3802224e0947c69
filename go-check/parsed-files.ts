/** Trees of Go documents, each made once. */
import { parseGoFile } from "#core/go/source/parser.ts";
import type { GoFile } from "#core/go/source/syntax.ts";
import type { GoDocument } from "./go-document.ts";

/** A document's text never changes (a new version is a new document), so neither does its tree. */
const files = new WeakMap<GoDocument, GoFile>();
/** The way back. */
const documents = new WeakMap<GoFile, GoDocument>();
/** By URI, the trees that were made last: a new version of a document is like the one before it. */
const latest = new Map<string, GoFile>();
/** Documents that are edited by turns. */
const maximalLatest = 16;

export function parsedFile(document: GoDocument): GoFile {
  let file = files.get(document);
  if (file !== undefined) return file;
  const before = latest.get(document.uri);
  file = parseGoFile(document.path, document.text, before);
  files.set(document, file);
  documents.set(file, document);
  latest.delete(document.uri);
  const [oldest] = latest.keys();
  if (oldest !== undefined && latest.size >= maximalLatest) latest.delete(oldest);
  latest.set(document.uri, file);
  return file;
}

/** The document that a tree was made of by {@link parsedFile}. */
export function documentOf(file: GoFile): GoDocument | undefined {
  return documents.get(file);
}
