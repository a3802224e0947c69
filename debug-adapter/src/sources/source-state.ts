import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { KnownSource } from "./source-registry.ts";

/** Whether a file is what a module was made of. */
export interface SourceState {
  /** It certainly is not; `false`: it is only suspected, by the times of the files. */
  readonly isCertain: boolean;
  /** Why, and what to do. */
  readonly message: string;
}

/** Larger files are no sources that somebody debugs. */
const largestFile = 32 * 2 ** 20;
/** Milliseconds between a source and a module that came out of one archive or repository. */
const tolerance = 10_000;

/** `undefined` where nothing speaks against `path` being the source, as the debug information had it. */
export async function sourceState({ module, source }: KnownSource, path: string): Promise<SourceState | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > largestFile || module.file === undefined) return undefined;
  const name = basename(path);
  const made = basename(module.file);
  const content = source.md5 === undefined ? await source.content?.() : undefined;
  if (source.md5 !== undefined || content !== undefined) {
    const bytes = await readFile(path).catch(() => undefined);
    if (!bytes || (source.md5 === undefined ? lines(bytes.toString()) === lines(content!) : hasChecksum(bytes, source.md5)))
      return undefined;
    return {
      isCertain: true,
      message: `${name} is not the text that ${made} was built from: build it again, or lines and values may be wrong`,
    };
  }
  const ofModule = await stat(module.file).catch(() => undefined);
  if (!ofModule || found.mtimeMs <= ofModule.mtimeMs + tolerance) return undefined;
  return { isCertain: false, message: `${name} was changed after ${made} was built: build it again` };
}

const checksum = (data: Buffer): string => createHash("md5").update(data).digest("hex");

/** Line ends may have been changed on the way from the machine that has built. */
function hasChecksum(bytes: Buffer, md5: string): boolean {
  if (checksum(bytes) === md5) return true;
  const text = bytes.toString("latin1");
  const unix = text.replaceAll("\r\n", "\n");
  return [unix, unix.replaceAll("\n", "\r\n")].some((changed) => checksum(Buffer.from(changed, "latin1")) === md5);
}

const lines = (text: string): string => text.replaceAll("\r\n", "\n");
