// Builds the programs and packs them into dist/go-wasm-<version>.vsix, the only .vsix there. `npm run package`
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./e2e/process.mjs";
import { root } from "./setup.mjs";

/** Bundles into dist/. Throws with the bundler's words. */
export async function build() {
  const { ok, output } = await run(process.execPath, [join(root, "tools/build.mjs")], { cwd: root, limit: 120 });
  if (!ok) throw new Error(`the build failed:\n${output}`);
}

/** Packs what {@link build} has made, and gives the file's path. */
export async function pack() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const vsix = join(root, `dist/go-wasm-${version}.vsix`);
  const vsce = join(root, "node_modules/@vscode/vsce/vsce");
  const { ok, output } = await run(process.execPath, [vsce, "package", "--no-dependencies", "--out", vsix], { cwd: root, limit: 120 });
  if (!ok || !existsSync(vsix)) throw new Error(`vsce could not package the extension:\n${output}`);
  return vsix;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build();
    const vsix = await pack();
    console.log(`${vsix} (${Math.ceil(statSync(vsix).size / 1024)} KB)`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
