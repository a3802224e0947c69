// Has Delve, which the Go debugger is compared with. Installed through the Go module proxy, once per machine.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./e2e/process.mjs";

/** The version whose words are ours. */
const version = "1.27.2";

const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
const folder = join(cache, "go-wasm-tools", `delve-${version}`);

/** The program's path. It exists after {@link ensureDelve}. */
export function delvePath() {
  return join(folder, process.platform === "win32" ? "dlv.exe" : "dlv");
}

/**
 * Installs Delve where it is missing: some two minutes, nothing later. The go command writes the program last, and whole.
 * @param {(line: string) => void} say
 */
export async function ensureDelve(say) {
  if (existsSync(delvePath())) return;
  say(`Delve ${version} by the go command`);
  const env = { ...process.env, GOBIN: folder, GOFLAGS: "", GOWORK: "off" };
  const { ok, output } = await run("go", ["install", `github.com/go-delve/delve/cmd/dlv@v${version}`], { env, limit: 600 });
  if (!ok) throw new Error(`cannot install Delve:\n${output.slice(-2000)}`);
}
