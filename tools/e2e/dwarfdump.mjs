// Finds llvm-dwarfdump, the second opinion on the DWARF that we write; on Debian as root it installs LLVM where there is none.
import { existsSync } from "node:fs";
import { onPath, run } from "./process.mjs";

const versions = Array.from({ length: 30 }, (_, at) => `llvm-dwarfdump-${40 - at}`);

/** The program's path, or undefined. The environment variable `LLVM_DWARFDUMP` goes first and must name an existing file. */
export function findDwarfdump() {
  const named = process.env.LLVM_DWARFDUMP;
  if (named) {
    if (!existsSync(named)) throw new Error(`LLVM_DWARFDUMP names ${named}, which does not exist`);
    return named;
  }
  return onPath("llvm-dwarfdump", ...versions);
}

/**
 * The program's path, after an installation by apt where that is possible. Throws with the one command to type where it is not.
 * @param {(line: string) => void} say
 */
export async function ensureDwarfdump(say) {
  const found = findDwarfdump();
  if (found) return found;
  const command = "apt-get update && apt-get install -y --no-install-recommends llvm";
  if (!onPath("apt-get")) throw new Error("no llvm-dwarfdump found; install LLVM, or set LLVM_DWARFDUMP to its path");
  if (process.getuid?.() !== 0) throw new Error(`no llvm-dwarfdump found; install it with:\n  sudo sh -c "${command}"`);
  say("installing LLVM's tools by apt");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const wait = ["-o", "DPkg::Lock::Timeout=180"];
  await run("apt-get", [...wait, "update"], { env, limit: 180 });
  const install = await run("apt-get", [...wait, "install", "-y", "--no-install-recommends", "llvm"], { env, limit: 600 });
  const installed = findDwarfdump();
  if (!install.ok || !installed) throw new Error(`apt could not install LLVM:\n${install.output.slice(-2000)}`);
  return installed;
}
