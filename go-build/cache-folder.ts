/** Where the system keeps what a user's programs can make again, and files there that others may read at any time. */
import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** A folder of the user's own; it may not be there yet. */
export function cacheFolder(): string {
  const { platform, env } = process;
  const local =
    platform === "win32" ? env["LOCALAPPDATA"] : platform === "darwin" ? join(homedir(), "Library/Caches") : env["XDG_CACHE_HOME"];
  return join(local || join(homedir(), ".cache"), "go-wasm");
}

/** Others see all of the file or nothing, and only the user may read it. */
export async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    await writeFile(unfinished, contents, { mode: 0o600 });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}
