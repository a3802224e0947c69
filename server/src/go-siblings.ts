/** The other Go files of an open file's folder: open documents first, the rest from disk. */
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { LineIndex } from "#core/text/line-index.ts";
import type { OpenDocument, OpenGo } from "./documents.ts";
import type { GoDocument } from "./go/diagnostics.ts";

/** Reads the Go files of a folder; none where there is no such folder. */
export type GoFolderReader = (folder: string) => Promise<readonly GoDocument[]>;

/** Beyond this a folder is no hand-written package, and reading it would delay every answer. */
const maxFiles = 500;
const maxFileBytes = 2_000_000;

/** The files of `file`'s folder without `file` itself; an open document stands for the file on disk. */
export async function goSiblings(file: OpenGo, open: readonly OpenDocument[], readFolder: GoFolderReader): Promise<GoDocument[]> {
  const folder = dirname(file.path);
  const siblings = new Map<string, GoDocument>();
  if (file.uri.startsWith("file:")) for (const found of await readFolder(folder)) siblings.set(found.path, found);
  for (const other of open) if (other.kind === "go" && dirname(other.path) === folder) siblings.set(other.path, other);
  siblings.delete(file.path);
  return [...siblings.values()];
}

/** A reader that reads a file again only when its size or time has changed, so that an unchanged file stays the same object. */
export function diskReader(): GoFolderReader {
  const known = new Map<string, { readonly stamp: string; readonly document: GoDocument }>();
  const read = async (path: string): Promise<GoDocument | undefined> => {
    const { size, mtimeMs } = await stat(path);
    if (size > maxFileBytes) return undefined;
    const stamp = `${size} ${mtimeMs}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return before.document;
    const text = await readFile(path, "utf8");
    const document = { uri: pathToFileURL(path).href, path, text, lines: new LineIndex(text) };
    known.set(path, { stamp, document });
    return document;
  };
  return async (folder) => {
    const names = await readdir(folder).catch(() => []);
    const paths = names.filter((name) => name.endsWith(".go")).slice(0, maxFiles);
    const files = await Promise.all(paths.map((name) => read(join(folder, name)).catch(() => undefined)));
    return files.filter((file) => file !== undefined);
  };
}
