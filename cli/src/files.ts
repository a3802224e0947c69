/** Files that are named on the command line. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { CommandError } from "./command.ts";

/** A text without a byte order mark, as editors show it. */
export async function readText(path: string): Promise<string> {
  return (await readBytes(path)).toString("utf8").replace(/^\uFEFF/, "");
}

export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CommandError(`cannot read ${path}: ${reason(error)}`);
  }
}

/** Whoever reads the file meanwhile sees all of it or what was there before. */
export async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, contents);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new CommandError(`cannot write ${path}: ${reason(error)}`);
  }
}

export function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return error instanceof Error ? error.message : String(error);
}
