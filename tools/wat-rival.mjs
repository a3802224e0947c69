// Has wat_server (wasm-language-tools), the language server that ours is compared with. Built by cargo, once per machine.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./e2e/process.mjs";

/** The version whose figures our limits come from. */
const version = "0.12.0";

const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
const folder = join(cache, "go-wasm-tools", `wat_server-${version}`);
const program = join(folder, "bin", process.platform === "win32" ? "wat_server.exe" : "wat_server");

/**
 * Path of the program, which is built where it is missing: some minutes, nothing later. `undefined` where that cannot be done, which is said.
 * @param {(line: string) => void} say
 */
export async function watRival(say) {
  if (existsSync(program)) return program;
  say(`wat_server ${version} by cargo, which takes some minutes`);
  const install = ["cargo", "+nightly", "install", "wat_server", "--version", version, "--root", folder];
  const [command, ...args] = process.platform === "win32" ? install : ["nice", "-n", "15", ...install];
  try {
    const { ok, output } = await run(command, args, { env: process.env, limit: 1200 });
    if (ok && existsSync(program)) return program;
    say(`without wat_server, which cargo cannot build: ${output.trim().split("\n").at(-1) ?? ""}`);
  } catch (error) {
    say(`without wat_server: ${error instanceof Error ? error.message : String(error)}`);
  }
  return undefined;
}
