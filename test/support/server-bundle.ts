import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The language server as it is shipped, in a folder of its own. */
export interface ServerBundle {
  readonly server: string;
  readonly wabtWorker: string;
  readonly scriptWorker: string;
  dispose(): void;
}

const sources = {
  server: "server/src/main.ts",
  "wabt-worker": "server/src/worker/wabt-worker.ts",
  "script-worker": "server/src/scripts/script-worker.ts",
};

/** Bundles the server and its wabt thread, or one of them, apart from `dist/`, which a test must neither need nor trust to be fresh. */
export async function bundleServer(
  parts: readonly (keyof typeof sources)[] = ["server", "wabt-worker", "script-worker"],
): Promise<ServerBundle> {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-server-"));
  const dispose = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await build({
      absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
      entryPoints: Object.fromEntries(parts.map((part) => [part, sources[part]])),
      outdir: folder,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      mainFields: ["module", "main"],
      keepNames: true,
      logLevel: "warning",
    });
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
