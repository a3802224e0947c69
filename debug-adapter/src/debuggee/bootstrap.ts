// Runs inside the child process: receives the program from the adapter, makes its imports, and calls it.
import { writeSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { printableText } from "#core/text/printable.ts";
import { withoutOwnFrames } from "./error-stack.ts";
import { runGo } from "./go-host.ts";
import { makeImports } from "./imports.ts";
import { printResult, resultText, toExportArgument } from "./invocation.ts";
import { flushLogs, tellLogs } from "./logged.ts";
import { Program } from "./program.ts";
import { gates, type RelayData, waitAtGate } from "./relay-data.ts";
import {
  type CallRequest,
  type DebuggeeMessage,
  type ErrorDescription,
  type GapDetail,
  gapUrl,
  type StartMessage,
  tokenVariable,
  transferSize,
} from "./start-message.ts";
import { runScript } from "./script-host.ts";
import { watchCompilation } from "./watch-compilation.ts";
import { makeWasi } from "./wasi.ts";

/** A relay that has died cannot be told anything; the program's end must not wait for it for ever. */
const tellLimit = 1000;

// node:wasi announces itself as experimental at every start; that is no output of the program.
const warningListeners = process.listeners("warning");
process.removeAllListeners("warning");
// Enough for the frames of a stack overflow to show what recursed.
Error.stackTraceLimit = 1000;

/** A terminal's process calls the adapter; one of the adapter's own has a pipe to it. */
const dial = process.argv[2];
const inTerminal = dial !== undefined;
const gate = new Int32Array(new SharedArrayBuffer(8));
const transfer = new SharedArrayBuffer(transferSize);
const { port1: port, port2: relayPort } = new MessageChannel();
const relay = startRelay();
// The relay's inspector answers while the main thread waits here.
waitAtGate(gate, gates.start);
const { start, bytes } = receiveStart();

// A script of its own, so that the debugger can leave this file out of steps and still stop here.
const stopAtGap = runInThisContext("(function gap(detail) { debugger; })", { filename: gapUrl }) as (detail: string) => void;

process.on("uncaughtException", endByError);
if (start.debug) shareTransferBuffer();
if (start.debug) tellLogs((batch) => tell({ method: "Program.logged", params: batch }));
process.on("exit", flushLogs);
process.on("exit", (code) => tell({ method: "Program.exiting", params: { code } }));

// Kept, so that the engine knows the program again when a script compiles the same bytes.
const compiled = bytes.length > 0 ? compile() : undefined;
if (compiled || bytes.length === 0) {
  atGap(compiled ? { gap: "module" } : { gap: "start" });
  // A trap stops where it happens only if no try, promise or async function is above it on the stack; a timer's callback has none.
  setImmediate(() => run(compiled));
}

function startRelay(): Worker {
  const data: RelayData = { gate, port: relayPort, transfer, dial, token: process.env[tokenVariable] ?? "" };
  delete process.env[tokenVariable];
  const worker = new Worker(join(__dirname, "debuggee-relay.cjs"), {
    workerData: data,
    transferList: [relayPort],
    execArgv: [],
    // Else Node opens this process's own streams to pass the worker's on, which makes pipes non-blocking: a program that prints faster
    // than it is read would get EAGAIN, and its output would be lost.
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return worker;
}

/** By the name `transferName`, which no loop over global names sees. */
function shareTransferBuffer(): void {
  Object.defineProperty(globalThis, "__goWasmTransfer", { value: new Uint8Array(transfer) });
}

function receiveStart(): { start: StartMessage; bytes: Uint8Array<ArrayBuffer> } {
  const received = receiveMessageOnPort(port);
  if (!received) throw new Error("the relay has sent no program");
  return received.message as { start: StartMessage; bytes: Uint8Array<ArrayBuffer> };
}

function tell(message: DebuggeeMessage): void {
  if (relay.threadId < 0) return;
  port.postMessage(message);
  waitAtGate(gate, gates.told, tellLimit);
}

function atGap(detail: GapDetail): void {
  if (start.debug) stopAtGap(JSON.stringify(detail));
}

function compile(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    const text = error instanceof Error ? error.message.replace(/^WebAssembly\.Module\(\): /, "") : String(error);
    tell({ method: "Program.refused", params: { message: text } });
    process.exitCode = 1;
    return undefined;
  }
}

function run(module: WebAssembly.Module | undefined): void {
  const ofScripts = start.host === "js" || start.host === "script";
  if (ofScripts && start.debug) watchCompilation(() => atGap({ gap: "module" }));
  if (start.host === "script") {
    for (const listener of warningListeners) process.on("warning", listener);
    return runScript(start, start.hostScript ?? "");
  }
  if (module) runModule(module);
}

function runModule(module: WebAssembly.Module): void {
  const program = new Program();
  if (start.host === "js") return runGo(module, start, start.hostScript ?? "", program);
  const wasi = start.host === "wasip1" ? makeWasi(start) : undefined;
  const imports = makeImports(module, start.entities, program, wasi);
  program.instance = new WebAssembly.Instance(module, imports);
  wasi?.begin(program);
  if (program.has("_initialize")) program.enter("_initialize", []);
  if (start.invoke) printResult(program.enter(start.invoke.export, start.invoke.args.map(toExportArgument)), start.invoke.results);
  else if (program.has("_start")) program.enter("_start", []);
  if (start.waitsForCalls) serveCalls(program);
}

/** Keeps the process alive, too. */
function serveCalls(program: Program): void {
  port.on("message", ({ id, invocation }: CallRequest) => {
    // As at the start: out of the event's own handlers, which would take a trap for handled.
    setImmediate(() => {
      const result = program.enter(invocation.export, invocation.args.map(toExportArgument));
      tell({ method: "Program.returned", params: { id, text: resultText(result, invocation.results) } });
    });
  });
}

function endByError(error: unknown): void {
  const described = describe(error);
  atGap({ gap: "uncaught", ...described });
  // The adapter prints the error with source positions, where it knows the module; not into a terminal, which is ours alone.
  const isKnown = start.host !== "script";
  if (!start.debug && isKnown) tell({ method: "Program.failed", params: described });
  if (!start.debug && (!isKnown || inTerminal)) writeSync(2, `${printableText(withoutOwnFrames(described.stack, __filename))}\n`);
  process.exit(1);
}

function describe(error: unknown): ErrorDescription {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack ?? `${error.name}: ${error.message}` };
  if (WebAssembly.Exception && error instanceof WebAssembly.Exception) {
    const message = "the program threw an exception that nothing caught";
    return { name: "WebAssembly.Exception", message, stack: `WebAssembly.Exception: ${message}` };
  }
  const message = `a value of type ${typeof error} was thrown`;
  return { name: "Error", message, stack: `Error: ${message}` };
}
