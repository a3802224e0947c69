/** `wasm_exec.js`, by which JavaScript runs programs that were built for `GOOS=js`. */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LaunchError } from "./launch-plan.ts";

const name = "wasm_exec.js";

/** The one of a toolchain: in `lib/wasm` since Go 1.24, in `misc/wasm` before, where some systems still keep it. Rejects with {@link LaunchError}. */
export async function supportScript(root: string): Promise<string> {
  const found = await firstFile([join(root, "lib/wasm", name), join(root, "misc/wasm", name)]);
  if (found !== undefined) return found;
  throw new LaunchError(
    `${name}, which runs Go programs in JavaScript, is missing in ${join(root, "lib/wasm")}; install the whole Go distribution, or build for GOOS=wasip1`,
  );
}

/** The one that lies beside a module, where web sites have a copy of it. */
export function scriptBeside(module: string): Promise<string | undefined> {
  return firstFile([join(dirname(module), name)]);
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return path;
  }
  return undefined;
}
