import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

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
    await build({
      absWorkingDir: root,
      entryPoints: ["cli/src/main.ts"],
      outfile: join(folder, "dist/cli.cjs"),
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      mainFields: ["module", "main"],
      keepNames: true,
      logLevel: "warning",
    });
    cpSync(join(root, "core/go/layouts/helper"), join(folder, "dist/go-layouts"), { recursive: true });
    cpSync(join(root, "package.json"), join(folder, "package.json"));
  } catch (error) {
    remove();
    throw error;
  }
  return { path: join(folder, "dist/cli.cjs"), remove };
}
