/** A limit for a folder of what can be made again: what was used longest ago goes first. */
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

/** Notes that a file of the cache was used now. */
export async function markUsed(path: string): Promise<void> {
  const now = new Date();
  // It may belong to a cache that cannot be written to; then it is used all the same.
  await utimes(path, now, now).catch(() => undefined);
}

/**
 * Leaves the `most` groups of files of which a file was used last; `groupOf` names the group that a file belongs to. Others may use the
 * folder at the same time: what is gone already is no mistake, and what they miss they make again.
 */
export async function limitCache(folder: string, most: number, groupOf: (name: string) => string): Promise<void> {
  const used = new Map<string, number>();
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found) used.set(groupOf(name), Math.max(used.get(groupOf(name)) ?? 0, found.mtimeMs));
  }
  const kept = [...used].sort(([, a], [, b]) => b - a).slice(0, most);
  const isKept = new Set(kept.map(([group]) => group));
  for (const name of names) if (!isKept.has(groupOf(name))) await rm(join(folder, name), { force: true }).catch(() => undefined);
}

/** Leaves the files that were used last, as many as take no more than `mostBytes` together. */
export async function limitCacheBytes(folder: string, mostBytes: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const files: { path: string; used: number; size: number }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) files.push({ path, used: found.mtimeMs, size: found.size });
  }
  let bytes = 0;
  for (const { path, size } of files.toSorted((a, b) => b.used - a.used)) {
    bytes += size;
    if (bytes > mostBytes) await rm(path, { force: true }).catch(() => undefined);
  }
}
