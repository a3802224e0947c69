// Has @vscode/dwarf-debugging (LLDB as WebAssembly), which VS Code's own debugger reads DWARF with and ours is compared with. From npm, once per machine.
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./e2e/process.mjs";

/** The version whose figures our limits come from. */
const version = "0.0.2";

const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
const folder = join(cache, "go-wasm-tools", `dwarf-debugging-${version}`);
const entry = join(folder, "node_modules/@vscode/dwarf-debugging/dist/index.js");

/**
 * Path of its main script, which is fetched where it is missing: 58 MB. `undefined` where that cannot be done, which is said.
 * @param {(line: string) => void} say
 */
export async function dwarfRival(say) {
  if (existsSync(entry)) return entry;
  say(`@vscode/dwarf-debugging ${version} from npm`);
  mkdirSync(folder, { recursive: true });
  const flags = ["--prefix", folder, "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  try {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const { ok, output } = await run(npm, ["install", ...flags, `@vscode/dwarf-debugging@${version}`], { env: process.env, limit: 300 });
    if (ok && existsSync(entry)) return entry;
    say(`without @vscode/dwarf-debugging, which npm cannot install: ${output.trim().split("\n").at(-1) ?? ""}`);
  } catch (error) {
    say(`without @vscode/dwarf-debugging: ${error instanceof Error ? error.message : String(error)}`);
  }
  return undefined;
}
