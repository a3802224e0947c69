/** What a Go file's folder says about its package: the other files, open documents first and the rest from disk, and the import path. */
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { LineIndex } from "#core/text/line-index.ts";
import type { OpenDocument, OpenGo } from "./documents.ts";
import type { GoDocument } from "./go/diagnostics.ts";

export interface GoFolder {
  /** Go files with their text, and the names of files of other languages that the go command builds. */
  readonly files: readonly GoDocument[];
  /** Import path of the package; `undefined` outside of a module. */
  readonly importPath: string | undefined;
}

/** Reads a folder; without files where there is none. */
export type GoFolderReader = (folder: string) => Promise<GoFolder>;

/** Beyond this a folder is no hand-written package, and reading it would delay every answer. */
const maxFiles = 500;
const maxFileBytes = 2_000_000;

/** The folder of `file`, without `file` itself; an open document stands for the file on disk. */
export async function goFolderOf(file: OpenGo, open: readonly OpenDocument[], readFolder: GoFolderReader): Promise<GoFolder> {
  const folder = dirname(file.path);
  const onDisk = file.uri.startsWith("file:") ? await readFolder(folder) : { files: [], importPath: undefined };
  const files = new Map(onDisk.files.map((found) => [found.path, found]));
  for (const other of open) if (other.kind === "go" && dirname(other.path) === folder) files.set(other.path, other);
  files.delete(file.path);
  return { files: [...files.values()], importPath: onDisk.importPath };
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
    const document = documentOf(path, await readFile(path, "utf8"));
    known.set(path, { stamp, document });
    return document;
  };
  return async (folder) => {
    const names = (await readdir(folder).catch(() => [])).slice(0, maxFiles);
    const files = names.map(async (name) => {
      const path = join(folder, name);
      // Only that there are such files matters, not what is in them.
      return name.endsWith(".go") ? read(path).catch(() => undefined) : documentOf(path, "");
    });
    return { files: (await Promise.all(files)).filter((file) => file !== undefined), importPath: await importPathOf(folder, read) };
  };
}

function documentOf(path: string, text: string): GoDocument {
  return { uri: pathToFileURL(path).href, path, text, lines: new LineIndex(text) };
}

/** The module path of the nearest `go.mod` above, with the way from there to `folder`. Source: Go Modules Reference, "go.mod files". */
async function importPathOf(folder: string, read: (path: string) => Promise<GoDocument | undefined>): Promise<string | undefined> {
  for (let root = folder; ; root = dirname(root)) {
    const file = await read(join(root, "go.mod")).catch(() => undefined);
    if (file) {
      const module = /^[ \t]*module[ \t]+(?:"([^"\n]+)"|`([^`\n]+)`|([^\s/]\S*))/m.exec(file.text);
      const path = module?.[1] ?? module?.[2] ?? module?.[3];
      return path && [path, ...relative(root, folder).split(sep)].filter((part) => part !== "").join("/");
    }
    if (root === dirname(root)) return undefined;
  }
}
