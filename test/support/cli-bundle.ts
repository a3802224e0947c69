import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { nodeBundles } from "../../tools/bundles.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CliBundle {
  readonly path: string;
  remove(): void;
}

/** Bundles the command line program as it is shipped, into a folder of its own. */
export async function bundleCli(): Promise<CliBundle> {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-cli-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await build({ ...nodeBundles, entryPoints: { cli: nodeBundles.entryPoints["cli"]! }, outdir: join(folder, "dist") });
    cpSync(join(root, "core/go/layouts/helper"), join(folder, "dist/go-layouts"), { recursive: true });
    cpSync(join(root, "package.json"), join(folder, "package.json"));
  } catch (error) {
    remove();
    throw error;
  }
  return { path: join(folder, "dist/cli.cjs"), remove };
}
