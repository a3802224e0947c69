import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface BuiltAdapter {
  readonly path: string;
  readonly remove: () => void;
}

/** Bundles the debug adapter and its debuggee as the build does, into a folder of their own. */
export async function buildAdapter(): Promise<BuiltAdapter> {
  mkdirSync(join(root, "build"), { recursive: true });
  const folder = mkdtempSync(join(root, "build", "adapter-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await bundle(folder);
  } catch (error) {
    remove();
    throw error;
  }
  return { path: join(folder, "debug-adapter.cjs"), remove };
}

async function bundle(folder: string): Promise<void> {
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
  cpSync(join(root, "core/go/layouts/helper"), join(folder, "go-layouts"), { recursive: true });
}
