/** `#platform` in a worker of a browser, which has no files: what is open in the editor is all there is. See `go-check/platform.ts`. */

/** Undefined always: no path has a form of its own here, so the one in the URL is as good as any. */
export function pathOfFileUrl(_url: string): string | undefined {
  return undefined;
}

export function fileUrlOf(path: string): string {
  return `file://${path.split("/").map(encodeURIComponent).join("/")}`;
}

export function slashed(path: string): string {
  return path;
}

const waiting: (() => void)[] = [];
// A timer would wait for four milliseconds: browsers slow down those that follow each other.
const { port1, port2 } = new MessageChannel();
port1.addEventListener("message", () => waiting.shift()?.());
port1.start();

export function nextTurn(work: () => void): void {
  waiting.push(work);
  port2.postMessage(undefined);
}

export function inBackground(work: () => void, delay: number): () => void {
  const timer = setTimeout(work, delay);
  return () => clearTimeout(timer);
}
