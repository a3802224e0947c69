/** How the process that runs a program is started. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DebuggeeCommand } from "../engine/v8/debuggee-process.ts";
import { LaunchError, type Runtime } from "./launch-plan.ts";

/** `cwd`: absolute. Throws {@link LaunchError} where the extension is damaged. */
export function debuggeeCommand({ executable, args, env, majorVersion }: Runtime, cwd: string, debug: boolean): DebuggeeCommand {
  return { executable, args: [...args, ...(debug ? debugFlags(majorVersion) : []), debuggeeScript()], env, cwd };
}

/**
 * After an access outside of the memory V8 12 and later (Node 22) show no locals unless bounds are checked by code. V8 11.3 (Node 20)
 * shows them all, and wrong ones where bounds are checked by code: a register that holds the memory's size is taken for a local.
 */
function debugFlags(majorVersion: number): string[] {
  return majorVersion >= 22 ? ["--disable-wasm-trap-handler"] : [];
}

/** The bootstrap's bundle lies beside the adapter's, and the relay's beside both. */
function debuggeeScript(): string {
  const script = join(__dirname, "debuggee.cjs");
  if (!existsSync(script)) throw new LaunchError(`${script} is missing; install the extension again`);
  return script;
}
