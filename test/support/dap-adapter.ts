import { mkdirSync, copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles the debug adapter and its debuggee as the build does, into a folder of this process, and gives the adapter's path. */
export async function buildAdapter(): Promise<string> {
  const folder = join(root, "build", `adapter-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: "debug-adapter/src/main.ts", out: "debug-adapter" },
      { in: "debug-adapter/src/debuggee/bootstrap.ts", out: "debuggee" },
      { in: "debug-adapter/src/debuggee/relay.ts", out: "debuggee-relay" },
    ],
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    keepNames: true,
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  copyFileSync(join(root, "node_modules/source-map/lib/mappings.wasm"), join(folder, "mappings.wasm"));
  return join(folder, "debug-adapter.cjs");
}
