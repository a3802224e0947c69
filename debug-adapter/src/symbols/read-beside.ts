import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readCustomSections } from "./custom-sections.ts";

/**
 * A file by its name; `undefined` where it is not there. With `wanted`, of a module only the custom sections of such names are needed:
 * the bytes then may be those of a module without the others.
 */
export type ReadFile = (name: string, wanted?: (customSection: string) => boolean) => Promise<Uint8Array | undefined>;

/**
 * Reads files that the module at `path` names, relative to it; `undefined` where there is no such file. The name is the module's
 * word only: a device or a pipe, which may have no end, is not read, nor is another machine asked (on Windows `\\server\share`
 * sends it the user's credentials).
 */
export function readBeside(path: string): ReadFile {
  return async (name, wanted) => {
    if (/^[\\/]{2}/.test(name)) return undefined;
    const file = resolve(dirname(path), name);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    return (wanted ? readCustomSections(file, wanted) : readFile(file)).catch(() => undefined);
  };
}
