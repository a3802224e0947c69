/** Which files the operands of `go-wasm check` mean. */
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CommandError } from "../command.ts";
import { reason } from "../files.ts";

/** More than this is no source tree that somebody means to check. */
const mostFiles = 50_000;
/** As the go command leaves them out, and what package managers put there. */
const notBelow = /^(?:[._].*|testdata|vendor|node_modules)$/;

/**
 * Files of `operands` that `wanted` takes: a file stands for itself, a folder for the files in it, `folder/...` for those in all folders
 * below it too. Names are as the user would write them; each file once, in order.
 * `endings` are what it takes, for the message about a file that it does not.
 */
export async function inputFiles(
  folder: string,
  operands: readonly string[],
  wanted: (name: string) => boolean,
  endings = ".wat nor .wast nor .go",
): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const operand of operands) {
    const recursive = /^(?:(.*)[\\/])?\.\.\.$/.exec(operand);
    const start = recursive ? recursive[1] || "." : operand;
    const kind = await kindOf(resolve(folder, start));
    if (kind === "file") {
      if (!wanted(start)) throw new CommandError(`${start} is neither ${endings}`, true);
      found.set(resolve(folder, start), start);
      continue;
    }
    for (const name of await filesBelow(folder, start, recursive !== null, wanted)) found.set(resolve(folder, name), name);
  }
  return [...found.values()];
}

async function kindOf(path: string): Promise<"file" | "folder"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    throw new CommandError(`cannot read ${path}: ${reason(error)}`);
  }
}

async function filesBelow(root: string, start: string, recursive: boolean, wanted: (name: string) => boolean): Promise<string[]> {
  const files: string[] = [];
  const open = [start];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = await readdir(resolve(root, folder), { withFileTypes: true }).catch((error: unknown) => {
      throw new CommandError(`cannot read ${folder}: ${reason(error)}`);
    });
    for (const entry of entries) {
      const path = folder === "." ? entry.name : join(folder, entry.name);
      if (entry.isFile() && wanted(entry.name)) files.push(path);
      else if (recursive && entry.isDirectory() && !notBelow.test(entry.name)) open.push(path);
    }
    if (files.length > mostFiles)
      throw new CommandError(`there are more than ${mostFiles} files below ${start}; name a folder that holds fewer`);
  }
  return files.sort();
}
