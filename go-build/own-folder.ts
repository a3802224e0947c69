/** Temporary folders of this process. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const prefix = "go-wasm-own-";
const owned = new Set<string>();

/** Runs `work` in a new folder, which is gone afterwards, and when this process ends before. */
export async function inOwnFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = makeOwned();
  try {
    return await work(folder);
  } finally {
    letGo(folder);
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

function remove(folder: string): void {
  try {
    // A compiler that is just ending may still write into it.
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  } catch {
    // It belongs to another user, or the next start removes it.
  }
}
