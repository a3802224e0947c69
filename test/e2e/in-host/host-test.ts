import { setTimeout as sleep } from "node:timers/promises";
import { type Extension, extensions, Uri, workspace } from "vscode";

/** A test that runs inside the extension host, with VS Code's API at hand. */
export interface HostTest {
  readonly title: string;
  readonly run: () => Promise<void>;
}

/** The extension under test, as it is installed. */
export function extension(): Extension<unknown> {
  const found = extensions.getExtension("go-wasm.go-wasm");
  if (!found) throw new Error("the extension go-wasm.go-wasm is not installed");
  return found;
}

/** A file of the open folder. */
export function inWorkspace(path: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  return Uri.joinPath(folder.uri, path);
}

const limit = 40_000;

/** The first value that is not undefined, asked for every 50 ms. Throws what `missing` says after 40 s, which a busy machine may take. */
export async function eventually<T>(missing: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + limit; ; await sleep(50)) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(missing);
  }
}

/** The promise's value; throws `${what} did not end` where it takes longer than 40 s. */
export async function within<T>(what: string, work: PromiseLike<T>): Promise<T> {
  const late = sleep(limit, undefined, { ref: false }).then(() => {
    throw new Error(`${what} did not end`);
  });
  return Promise.race([work, late]);
}
