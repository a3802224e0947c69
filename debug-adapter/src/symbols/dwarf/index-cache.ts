/** Keeps what was read of large debug information from one launch to the next, in a folder of the user's own. */
import { createHash } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cacheFolder, writeWhole } from "#go-build/cache-folder.ts";
import { limitCacheBytes, markUsed } from "#go-build/cache-limit.ts";
import { SavedIndexes } from "#core/dwarf/saved-indexes.ts";
import type { DwarfSections } from "#core/dwarf/sections.ts";

export interface CacheLimits {
  /** Bytes of debug information: less than this is read again as fast as it is fetched. */
  readonly worthKeeping: number;
  /** Bytes that are kept of one module, and of all. */
  readonly mostOfOne: number;
  readonly mostOfAll: number;
  /** In milliseconds: when nothing more was read for so long, what was read is written. */
  readonly pause: number;
}

const megabyte = 1024 * 1024;
const usual: CacheLimits = { worthKeeping: 8 * megabyte, mostOfOne: 32 * megabyte, mostOfAll: 256 * megabyte, pause: 2000 };

/** `file` holds the module; `undefined` where there is nothing to keep. Never rejects: a cache that cannot be used is none. */
export async function openIndexCache(file: string, sections: DwarfSections, limits = usual): Promise<SavedIndexes | undefined> {
  if (sections.info.length + sections.line.length < limits.worthKeeping) return undefined;
  const folder = join(cacheFolder(), "dwarf");
  const path = join(folder, await nameOf(file));
  const known = await readFile(path).catch(() => undefined);
  if (known) await markUsed(path);
  let timer: NodeJS.Timeout | undefined;
  const saved = new SavedIndexes(sections, known, limits.mostOfOne, () => {
    if (timer) return void timer.refresh();
    // What ends before is read again by the next launch.
    timer = setTimeout(() => void write(folder, path, saved, limits.mostOfAll), limits.pause).unref();
  });
  return saved;
}

/** A module that was built again is another one; the entries say themselves what bytes they are of. */
async function nameOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  const key = [resolve(file), found?.size ?? 0, found?.mtimeMs ?? 0].join("\0");
  return createHash("sha256").update(key).digest("hex").slice(0, 32);
}

async function write(folder: string, path: string, saved: SavedIndexes, mostOfAll: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(path, saved.encode());
    await limitCacheBytes(folder, mostOfAll);
  } catch {
    // The disk is full, or the folder cannot be written to: then nothing is kept.
  }
}
