import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findDwarfdump } from "../../tools/e2e/dwarfdump.mjs";

/** What LLVM's reader says of a module. Throws where it is not installed: a test of what we write never passes without a second opinion. */
export function dwarfdump(bytes: Uint8Array, ...options: readonly string[]): { readonly ok: boolean; readonly output: string } {
  const program = findDwarfdump();
  if (program === undefined) throw new Error("llvm-dwarfdump is not installed; `node tools/setup.mjs` installs it, or says how");
  const folder = mkdtempSync(join(tmpdir(), "dwarfdump-"));
  try {
    const file = join(folder, "module.wasm");
    writeFileSync(file, bytes);
    const { status, stdout, stderr } = spawnSync(program, [...options, file], { encoding: "utf8", maxBuffer: 1 << 28, timeout: 60_000 });
    return { ok: status === 0, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
