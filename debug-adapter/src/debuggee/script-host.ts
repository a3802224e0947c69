import { runMain } from "node:module";
import type { StartMessage } from "./start-message.ts";
import { useStdin } from "./stdin.ts";

/** Environment variable with the path of the program's module. */
const programVariable = "WASM_PROGRAM";

/** Runs the user's own host, CommonJS or ESM, as `node script program args` would. */
export function runScript({ stdin, env, args, programFile }: StartMessage, script: string): void {
  useStdin(stdin);
  Object.assign(process.env, env);
  if (programFile !== undefined) process.env[programVariable] = programFile;
  process.argv = [process.execPath, script, ...(programFile === undefined ? [] : [programFile]), ...args];
  runMain(script);
}
