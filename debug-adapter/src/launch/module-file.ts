/** The file that a module of a script was read from: what lies beside it, such as a source map, is found by it. */
import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Entries of a folder that are looked at. */
const mostEntries = 1000;

/** A `.wasm` with exactly these bytes in one of `folders` or in a folder of theirs; `undefined` where there is none. */
export async function findModuleFile(bytes: Uint8Array, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of new Set(folders)) {
    const found = (await inFolder(bytes, folder)) ?? (await inInnerFolders(bytes, folder));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function inInnerFolders(bytes: Uint8Array, folder: string): Promise<string | undefined> {
  for (const entry of await entriesOf(folder)) {
    if (!entry.isDirectory() || entry.name === "node_modules" || entry.name.startsWith(".")) continue;
    const found = await inFolder(bytes, join(folder, entry.name));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function inFolder(bytes: Uint8Array, folder: string): Promise<string | undefined> {
  for (const { name } of await entriesOf(folder)) {
    if (!/\.wasm$/i.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.size !== bytes.length) continue;
    const candidate = await readFile(path).catch(() => undefined);
    if (candidate?.equals(bytes)) return path;
  }
  return undefined;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return (await readdir(folder, { withFileTypes: true }).catch(() => [])).slice(0, mostEntries);
}
