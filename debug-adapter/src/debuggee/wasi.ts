import { openSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { WASI } from "node:wasi";
import { exit } from "./exit.ts";
import { flushLogs } from "./logged.ts";
import type { Program } from "./program.ts";
import { servedUrl, type StartMessage } from "./start-message.ts";

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

/** Functions in which a program may wait, for time, input or a peer, or prints. */
const waiting = ["fd_write", "poll_oneoff", "fd_read", "fd_pread", "path_open", "sock_accept", "sock_recv"];

function functions(wasi: WASI): HostFunctions {
  const native = wasi.wasiImport as HostFunctions;
  return {
    ...native,
    ...Object.fromEntries(waiting.flatMap((name) => (native[name] ? [[name, heedful(native[name])]] : []))),
    // Node's own leaves the process from native code, past the handlers that report the exit code.
    proc_exit: exit,
  };
}

/**
 * V8 serves the debugger where it enters a function of JavaScript, and else at the program's next call or loop: what was asked while
 * the program waited, such as a breakpoint behind the call, is served before the program goes on.
 */
function heedful(native: (...args: never[]) => unknown): (...args: never[]) => unknown {
  return (...args) => {
    flushLogs();
    const result = native(...args);
    serve();
    return result;
  };
}

// A script of its own: in this file, which steps leave out, a wish to pause would be dropped.
const serve = runInThisContext("(function serve() {})", { filename: servedUrl }) as () => void;
