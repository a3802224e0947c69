import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { CodeServer } from "../../../tools/e2e/code-server.mjs";

/**
 * Command lines of the debug adapters and debuggees that run from this server's installed extension. Its folder is new for each server,
 * so no other process has it in its command line; the language server, which stays, is not among them.
 */
export function debugProcesses(server: CodeServer): string[] {
  const all = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8", maxBuffer: 1 << 24 });
  return all.split("\n").filter((line) => line.includes(server.extensions) && /[/\\](debug-adapter|debuggee[a-z-]*)\.cjs/.test(line));
}

/** Throws when a debug adapter or debuggee is still there 20 s after the session's end. */
export async function noDebugProcess(server: CodeServer): Promise<void> {
  const end = Date.now() + 20_000;
  for (let left = debugProcesses(server); left.length > 0; left = debugProcesses(server)) {
    if (Date.now() > end) throw new Error(`still running after the session: ${left.join("; ")}`);
    await sleep(100);
  }
}
