// Worker inside the debuggee: relays the inspector of the main thread to the adapter as lines of JSON. It serves while the main
// thread computes or waits, and ends the process when the adapter is gone.
import { Session } from "node:inspector";
import { connect, Socket } from "node:net";
import { workerData } from "node:worker_threads";
import { LineSplitter } from "./line-splitter.ts";
import type { RelayData } from "./relay-data.ts";
import { gates, releaseGate } from "./relay-data.ts";
import {
  callMethod,
  type CallRequest,
  type DebuggeeMessage,
  type HelloMessage,
  type Invocation,
  type StartMessage,
  transferMethod,
  transferSize,
} from "./start-message.ts";

const { gate, port, transfer, dial, token } = workerData as RelayData;

// `process.exit` would end only this worker and leave a looping main thread behind.
const killProcess = (): void => {
  process.kill(process.pid, "SIGKILL");
};
process.on("uncaughtException", killProcess);

// The socket also keeps this worker's event loop alive; an inspector session does not.
const socket = dial === undefined ? new Socket({ fd: 3, readable: true, writable: true }) : connect(dial);
socket.on("error", killProcess);
socket.on("close", killProcess);
socket.on("end", killProcess);

const send = (message: object, written?: () => void): void => {
  socket.write(`${JSON.stringify(message)}\n`, () => written?.());
};

let inspector: Session | undefined;
let exiting = false;

interface Notification {
  method: string;
  params: Record<string, unknown>;
}

interface CallFrame {
  callFrameId: string;
  functionName: string;
  location: { scriptId: string };
}

/** V8 leaves the URL of most frames empty; it is told once, when a script is parsed. */
const urls = new Map<string, string>();

/** Every evaluate and every condition parses a script, and most of a pause's bytes are scopes that nobody reads: they stay here. */
function trimmed(notification: Notification): Notification | undefined {
  const { method, params } = notification;
  if (method === "Debugger.scriptParsed") {
    const { scriptId, url, scriptLanguage } = params as { scriptId: string; url: string; scriptLanguage?: string };
    if (scriptLanguage === "WebAssembly") return notification;
    if (url !== "") urls.set(scriptId, url);
    return undefined;
  }
  if (method === "Debugger.scriptFailedToParse") return undefined;
  if (method !== "Debugger.paused") return notification;
  const callFrames = (params["callFrames"] as CallFrame[]).map(({ callFrameId, functionName, location }) => ({
    callFrameId,
    functionName,
    location,
    url: urls.get(location.scriptId) ?? "",
  }));
  return { method, params: { ...params, callFrames, asyncStackTrace: undefined } };
}

function openInspector(): Session {
  const session = new Session();
  session.connectToMainThread();
  session.on("inspectorNotification", (message) => {
    const kept = trimmed(message as unknown as Notification);
    if (kept) send(kept);
  });
  return session;
}

const lines = new LineSplitter((line) => {
  if (inspector) forward(inspector, line);
  else start(JSON.parse(line) as StartMessage);
});

function start(message: StartMessage): void {
  lines.takeRaw(message.moduleLength, (bytes) => {
    port.postMessage({ start: message, bytes }, [bytes.buffer as ArrayBuffer]);
    if (message.debug) inspector = openInspector();
    else releaseGate(gate, gates.start);
  });
}

function forward(session: Session, line: string): void {
  // The adapter cannot know yet that the program has come to its end; a closed session would throw.
  if (exiting) return;
  const { id, method, params } = JSON.parse(line) as { id: number; method: string; params?: object };
  if (method === callMethod) return port.postMessage({ id, invocation: params as Invocation } satisfies CallRequest);
  if (method === transferMethod) return queueTransfer(session, id, params);
  session.post(method, params, (error, result?: object) => {
    // What is cut off by the program's end is answered by that end.
    if (exiting) return;
    send(error ? { id, error: { message: error.message } } : { id, result });
    // Only now may the main thread go on: what it compiles from here on is code that can be debugged.
    if (method === "Debugger.enable") releaseGate(gate, gates.start);
  });
}

/** Transfers that wait, the one that is under way in front: its bytes are in the buffer until its answer has come here, and may not be overwritten. */
const transfers: (() => void)[] = [];

function queueTransfer(session: Session, id: number, params: object | undefined): void {
  transfers.push(() =>
    session.post("Debugger.evaluateOnCallFrame", params, (error, result?: object) => {
      if (!exiting) {
        const transferred = result && transferredBytes(result as EvaluateResult);
        // One write wakes the adapter once.
        socket.cork();
        send(error ? { id, error: { message: error.message } } : { id, result, transferred: transferred?.length });
        if (transferred) socket.write(transferred);
        socket.uncork();
      }
      transfers.shift();
      if (!exiting) transfers[0]?.();
    }),
  );
  if (transfers.length === 1) transfers[0]!();
}

interface EvaluateResult {
  readonly result: { readonly value?: unknown };
}

/** A copy of what a script has left in the transfer buffer; `undefined` where it failed. */
function transferredBytes({ result: { value } }: EvaluateResult): Buffer | undefined {
  const count = Number(/ (\d+)$/.exec(String(value))?.[1]);
  return count >= 0 && count <= transferSize ? Buffer.from(new Uint8Array(transfer, 0, count)) : undefined;
}

/** What a call returned is the answer to the request that asked for it. */
function answered(message: DebuggeeMessage): object {
  if (message.method !== "Program.returned") return message;
  const { id, text } = message.params;
  return { id, result: { text } };
}

port.on("message", (message: DebuggeeMessage) => {
  send(answered(message), () => {
    // Node would wait for a connected debugger, and say so on the program's standard error.
    if (message.method === "Program.exiting") {
      exiting = true;
      inspector?.disconnect();
    }
    releaseGate(gate, gates.told);
  });
});
// Waiting for the main thread's last words must not keep a finished program alive.
port.unref();

socket.on("data", (chunk: Buffer) => lines.push(chunk));
send({ token, pid: process.pid } satisfies HelloMessage);
