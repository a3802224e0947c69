/**
 * What the language server and the Go checks ask of the runtime that they run on: this file on Node, `server/src/browser/platform.ts` in a
 * browser. Both are imported as `#platform`; the condition `browser` decides which, by the `imports` of package.json.
 */
import { sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The path that a `file:` URL names; undefined for other URLs, and for what is no URL. */
export function pathOfFileUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** The `file:` URL of an absolute path. */
export function fileUrlOf(path: string): string {
  return pathToFileURL(path).href;
}

/** The same path with `/` between its parts, which Node takes on every platform. */
export function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** Does `work` when messages that wait have been read. */
export function nextTurn(work: () => void): void {
  setImmediate(work);
}

/** Does `work` after `delay` milliseconds, unless the program ends before: it does not wait for this. Gives what cancels it. */
export function inBackground(work: () => void, delay: number): () => void {
  const timer = setTimeout(work, delay);
  timer.unref();
  return () => clearTimeout(timer);
}
