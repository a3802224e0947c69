/** Temporary folders of this process. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const prefix = "go-wasm-own-";
const owned = new Set<string>();

/** Runs `work` in a new folder, which is gone soon afterwards, and when this process ends before. */
export async function inOwnFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = makeOwned();
  try {
    return await work(folder);
  } finally {
    // Nobody waits for it: a launch has seven of them.
    void rm(folder, removal)
      .catch(() => undefined)
      .finally(() => disown(folder));
  }
}

/** A new folder, which is gone when `signal` is aborted, and when this process ends before. */
export function ownFolderUntil(signal: AbortSignal): string {
  const folder = makeOwned();
  signal.addEventListener("abort", () => letGo(folder), { once: true });
  return folder;
}

function makeOwned(): string {
  if (owned.size === 0) {
    removeOrphans();
    process.once("exit", removeOwned);
  }
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  owned.add(folder);
  return folder;
}

function letGo(folder: string): void {
  remove(folder);
  disown(folder);
}

function disown(folder: string): void {
  owned.delete(folder);
  if (owned.size === 0) process.off("exit", removeOwned);
}

function removeOwned(): void {
  for (const folder of owned) remove(folder);
}

/** A process that was killed could not remove its own. */
function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(prefix) ? /^(\d+)-/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (owner !== undefined && !isAlive(Number(owner))) remove(join(tmpdir(), name));
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // The process of another user may not be asked.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** A compiler that is just ending may still write into a folder. */
const removal = { recursive: true, force: true, maxRetries: 3, retryDelay: 20 } as const;

function remove(folder: string): void {
  try {
    rmSync(folder, removal);
  } catch {
    // It belongs to another user, or the next start removes it.
  }
}
