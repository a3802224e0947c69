// Has the WebAssembly module of sql.js, a large real program that the benches open. Fetched by npm, once per machine.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { npm, run } from "./e2e/process.mjs";

const version = "1.16.0";

const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
const folder = join(cache, "go-wasm-tools", `sql.js-${version}`);
const module = join(folder, "node_modules/sql.js/dist/sql-wasm.wasm");

/**
 * Path of the module. `undefined` where it cannot be had, which is said.
 * @param {(line: string) => void} say
 */
export async function sqlModule(say) {
  if (existsSync(module)) return module;
  say(`sql.js ${version} by npm`);
  mkdirSync(folder, { recursive: true });
  // npm installs into the nearest folder above that has a manifest.
  writeFileSync(join(folder, "package.json"), "{}\n");
  const [command, args] = npm("install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", `sql.js@${version}`);
  const { ok, output } = await run(command, args, { cwd: folder, limit: 300 });
  if (ok && existsSync(module)) return module;
  say(`without sql.js, which npm cannot fetch: ${output.trim().split("\n").at(-1) ?? ""}`);
  return undefined;
}
