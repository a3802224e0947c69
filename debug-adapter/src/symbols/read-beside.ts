import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Reads files that the module at `path` names, relative to it; `undefined` where there is no such file. The name is the module's
 * word only: a device or a pipe, which may have no end, is not read, nor is another machine asked (on Windows `\\server\share`
 * sends it the user's credentials).
 */
export function readBeside(path: string): (name: string) => Promise<Uint8Array | undefined> {
  return async (name) => {
    if (/^[\\/]{2}/.test(name)) return undefined;
    const file = resolve(dirname(path), name);
    const found = await stat(file).catch(() => undefined);
    return found?.isFile() ? readFile(file).catch(() => undefined) : undefined;
  };
}
