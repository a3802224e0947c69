import { openSync } from "node:fs";
import { WASI } from "node:wasi";
import type { Program } from "./program.ts";
import type { StartMessage } from "./start-message.ts";

type HostFunctions = Record<string, (...args: never[]) => unknown>;

export interface Wasi {
  /** Functions by the name of the import module. */
  readonly imports: Readonly<Record<string, HostFunctions>>;
  /** To be called once the program is instantiated, before it is entered. */
  begin(program: Program): void;
}

/** WASI preview 1, and its predecessor under the name that older compilers import, by Node's own implementation. */
export function makeWasi(start: StartMessage): Wasi {
  const options = {
    args: [start.programName, ...start.args],
    env: { ...start.env },
    preopens: { ...start.preopens },
    returnOnExit: false,
    ...(start.stdin === undefined ? {} : { stdin: openSync(start.stdin, "r") }),
  };
  const preview1 = new WASI({ ...options, version: "preview1" });
  const unstable = new WASI({ ...options, version: "unstable" });
  return {
    imports: { wasi_snapshot_preview1: functions(preview1), wasi_unstable: functions(unstable) },
    begin: (program) => {
      // Not `start()`: it catches and rethrows, and a trap would stop in it instead of in the program.
      const exports = { memory: program.memory ?? new WebAssembly.Memory({ initial: 0 }) };
      preview1.initialize({ exports });
      unstable.initialize({ exports });
    },
  };
}

function functions(wasi: WASI): HostFunctions {
  return {
    ...(wasi.wasiImport as HostFunctions),
    // Node's own leaves the process from native code, past the handlers that report the exit code.
    proc_exit: (code: number) => process.exit(code),
  };
}
