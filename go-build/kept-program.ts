/**
 * Programs as they were built last. The go command does not link one again whose file is where it is to be, and was made of the same parts
 * (`useCache` in cmd/go/internal/work/buildid.go); linking takes most of the time of a build in which nothing has changed.
 */
import { createHash, randomBytes } from "node:crypto";
import { copyFile, link, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { checkPreamble } from "#core/wasm/preamble.ts";
import { cacheFolder } from "./cache-folder.ts";
import { limitCacheBytes, markUsed } from "./cache-limit.ts";

const mostBytes = 256 * 1024 * 1024;

/** One program in the cache, whether it is there or not. What fails with it only costs time. */
export class KeptProgram {
  readonly #folder = join(cacheFolder(), "programs");
  readonly #path: string;
  #offered: string | undefined;

  /** `made`: what it is made of and how, as far as the user says that; two that share a name take turns. */
  constructor(made: readonly string[]) {
    const hash = createHash("sha256").update(made.join("\0")).digest("hex");
    this.#path = join(this.#folder, `${hash.slice(0, 32)}.wasm`);
  }

  /** Puts it at `file`, where it is to be built: as a link, since the go command replaces what does not fit and writes into no file. */
  async offer(file: string): Promise<void> {
    await rm(file, { force: true });
    // The go command refuses to build where a file is that no compiler has made.
    if (!(await isModule(this.#path))) return;
    await linkOrCopy(this.#path, file).catch(() => undefined);
    this.#offered = await identity(file);
  }

  /** Keeps what was built at `file`. */
  async take(file: string): Promise<void> {
    if (this.#offered !== undefined && (await identity(file)) === this.#offered) return markUsed(this.#path);
    const unfinished = `${this.#path}.${randomBytes(8).toString("hex")}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await linkOrCopy(file, unfinished);
      await rename(unfinished, this.#path);
      await limitCacheBytes(this.#folder, mostBytes);
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }
}

async function isModule(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  try {
    const start = new Uint8Array(8);
    const read = await file?.read(start, 0, start.length, 0);
    return read !== undefined && checkPreamble(start.subarray(0, read.bytesRead)) === undefined;
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

/** Files on two disks cannot be linked. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

/** Changes when the file is replaced, and not when the go command only sets its time; `undefined` where there is none. */
async function identity(file: string): Promise<string | undefined> {
  return stat(file).then(
    ({ ino, size }) => `${ino} ${size}`,
    () => undefined,
  );
}
