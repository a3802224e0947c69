import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { nodeBundles, nodeServer } from "../../tools/bundles.mjs";

/** The language server as it is shipped, in a folder of its own. */
export interface ServerBundle {
  readonly server: string;
  readonly wabtWorker: string;
  readonly scriptWorker: string;
  dispose(): void;
}

type Part = "server" | "wabt-worker" | "script-worker";

/** Bundles the server and its wabt thread, or one of them, apart from `dist/`, which a test must neither need nor trust to be fresh. */
export async function bundleServer(parts: readonly Part[] = ["server", "wabt-worker", "script-worker"]): Promise<ServerBundle> {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-server-"));
  const dispose = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const entryPoints: Readonly<Record<string, string>> = { ...nodeBundles.entryPoints, ...nodeServer.entryPoints };
    await build({ ...nodeServer, entryPoints: Object.fromEntries(parts.map((part) => [part, entryPoints[part]!])), outdir: folder });
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    server: join(folder, "server.cjs"),
    wabtWorker: join(folder, "wabt-worker.cjs"),
    scriptWorker: join(folder, "script-worker.cjs"),
    dispose,
  };
}
