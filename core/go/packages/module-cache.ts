/** Where the module cache keeps a module (Go Modules Reference, "Module cache"). */
import { joinPath } from "./paths.ts";

/** Capitals are written as `!` and the small letter, for file systems that do not tell them apart. */
export function escapeModulePath(path: string): string {
  return path.replace(/[A-Z]/gu, (letter) => `!${letter.toLowerCase()}`);
}

/** The folder with the module's files. `cache` is GOMODCACHE. */
export function cachedModuleFolder(cache: string, path: string, version: string): string {
  return joinPath(cache, `${escapeModulePath(path)}@${escapeModulePath(version)}`);
}

/** The module's `go.mod`, which is there also for modules whose files were never needed. */
export function cachedModuleFile(cache: string, path: string, version: string): string {
  return joinPath(cache, "cache/download", escapeModulePath(path), "@v", `${escapeModulePath(version)}.mod`);
}
