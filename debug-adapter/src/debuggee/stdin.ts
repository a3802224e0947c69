import { closeSync, openSync } from "node:fs";

/** Makes `path` the standard input of this process: file descriptor 0, the lowest one, is what is free when it has been closed. */
export function useStdin(path: string | undefined): void {
  if (path === undefined) return;
  closeSync(0);
  if (openSync(path, "r") !== 0) throw new Error(`"stdin" ${path} cannot be used here: another file took its place`);
}
