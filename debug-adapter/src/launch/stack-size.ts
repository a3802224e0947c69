/** The stack of programs that recurse deeply: V8 gives a program one of about 1 MB, and Go's own script asks for more (lib/wasm/go_js_wasm_exec). */
import { readFile } from "node:fs/promises";

/** Half of what the system gives a process: what V8 itself needs is not counted. */
const kilobytes = 3900;
const neededBytes = 8 * 1024 * 1024;

/** Flags of Node.js; none where the system's own limit is lower or not known. A stack that is larger than that ends the process without a word. */
export async function deepStackFlags(): Promise<readonly string[]> {
  const limit = await stackLimit();
  return limit >= neededBytes ? [`--stack-size=${kilobytes}`] : [];
}

/** In bytes. */
async function stackLimit(): Promise<number> {
  // macOS: the main thread of a program has 8 MB.
  if (process.platform === "darwin") return neededBytes;
  if (process.platform !== "linux") return 0;
  const limits = await readFile("/proc/self/limits", "utf8").catch(() => "");
  const soft = /^Max stack size +(\d+|unlimited)/m.exec(limits)?.[1];
  return soft === "unlimited" ? Infinity : Number(soft ?? 0);
}
