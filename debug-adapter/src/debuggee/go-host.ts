import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { refuseExit } from "./exit.ts";
import type { Program } from "./program.ts";
import { goUrl, type IdleProgram, idleName, type StartMessage } from "./start-message.ts";
import { useStdin } from "./stdin.ts";

/** What we use of the class that Go's `wasm_exec.js` defines. */
interface Go {
  argv: string[];
  env: Record<string, string>;
  exit: (code: number) => void;
  readonly importObject: WebAssembly.Imports;
  readonly exited?: boolean;
  /** For a callback whose id is 0 there is none: Go takes that for a deadlock. */
  ["_pendingEvent"]: unknown;
  ["_resume"](): void;
  run(instance: WebAssembly.Instance): Promise<void>;
}

/**
 * Runs a Go program that was built for `GOOS=js`, as `wasm_exec_node.js` beside that script does. Its `run` is an asynchronous function;
 * it gets an instance whose exports it cannot call before we are out of it, since a trap stops where it happens only if none is on the stack.
 */
export function runGo(module: WebAssembly.Module, start: StartMessage, script: string, program: Program): void {
  useStdin(start.stdin);
  const require = provideGlobals(script);
  require(script);
  const go = new (globalThis as unknown as { readonly Go: new () => Go }).Go();
  go.argv = [start.programName, ...start.args];
  go.env = { ...start.env };
  go.exit = (code) => process.exit(code);
  program.instance = new WebAssembly.Instance(module, guardingExit(go.importObject));
  let begin: (() => void) | undefined;
  const run = (argc: number, argv: number): void => {
    begin = () => void program.enter("run", [argc, argv]);
  };
  go.run(lookingLike({ ...program.instance.exports, run, resume: () => program.enter("resume", []) })).catch(throwOutside);
  process.on("beforeExit", () => endWaiting(go));
  if (start.debug) offerIdleStop(go, program);
  if (begin) enterGo.call(go, begin);
}

/** `wasm_exec.js` forgets the program before it calls `exit`. */
function guardingExit(imports: WebAssembly.Imports): WebAssembly.Imports {
  const functions = imports["gojs"] ?? {};
  const leave = functions["runtime.wasmExit"] as (stackPointer: number) => void;
  const guarded = (stackPointer: number): void => {
    refuseExit();
    leave(stackPointer);
  };
  return { ...imports, gojs: { ...functions, "runtime.wasmExit": guarded } };
}

/** While the program waits for callbacks nothing of it is on the stack, and the debugger has no place from which to look at it. */
function offerIdleStop(go: Go, program: Program): void {
  const waiting: IdleProgram = {
    get memories() {
      return [program.instance.exports["mem"]];
    },
    go,
  };
  // Not enumerable: the program may list what is global.
  Object.defineProperty(globalThis, idleName, { value: waiting });
}

/** What `wasm_exec_node.js` gives a program, which finds files and the like by these names. */
function provideGlobals(script: string): NodeJS.Require {
  const require = createRequire(script);
  const provided = { require, fs: require("node:fs") as unknown, path: require("node:path") as unknown };
  Object.assign(globalThis, provided);
  return require;
}

function lookingLike(exports: object): WebAssembly.Instance {
  return Object.create(WebAssembly.Instance.prototype, { exports: { value: exports } }) as WebAssembly.Instance;
}

/** Nothing will call back any more: Go says which goroutines wait for what, and exits. */
function endWaiting(go: Go): void {
  if (go.exited) return;
  go["_pendingEvent"] = { id: 0 };
  go["_resume"]();
}

/** Out of the promise, which would take it for handled. */
function throwOutside(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

// A script of its own, so that the debugger can find the `Go` object below the program's frames.
const enterGo = runInThisContext("(function go(begin) { begin(); })", { filename: goUrl }) as (this: Go, begin: () => void) => void;
