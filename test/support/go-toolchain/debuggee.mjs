// Runs a Go module under V8's inspector. `node debuggee.mjs module.wasm [wasm_exec.js]`; file descriptor 3 carries the protocol, a message a line.
// A worker speaks it, because the main thread stands still at a breakpoint. CALLS is a list of [export, ...arguments] for a reactor,
// HITS the file that gets what conditions of breakpoints have counted in `globalThis.hits`.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { WASI } from "node:wasi";
import { Worker } from "node:worker_threads";

const enabled = new Int32Array(new SharedArrayBuffer(4));
const relay = `
const { workerData } = require("node:worker_threads");
const { Session } = require("node:inspector");
const session = new Session();
session.connectToMainThread();
const pipe = new (require("node:net").Socket)({ fd: 3, readable: true, writable: true });
const send = (message) => pipe.write(JSON.stringify(message) + "\\n");
session.on("inspectorNotification", (message) => {
  if (message.method !== "Debugger.scriptParsed" || message.params.scriptLanguage === "WebAssembly") send(message);
});
let rest = "";
pipe.on("data", (data) => {
  const lines = (rest + data).split("\\n");
  rest = lines.pop();
  for (const line of lines) {
    const { id, method, params } = JSON.parse(line);
    session.post(method, params, (error, result) => {
      send({ id, error: error ?? undefined, result });
      if (method !== "Debugger.enable") return;
      Atomics.store(workerData, 0, 1);
      Atomics.notify(workerData, 0);
    });
  }
});
pipe.on("close", () => process.kill(process.pid, "SIGKILL"));`;
new Worker(relay, { eval: true, workerData: enabled }).unref();
Atomics.wait(enabled, 0, 0);

if (process.env.HITS) process.on("exit", () => writeFileSync(process.env.HITS, JSON.stringify(globalThis.hits ?? {})));

const [file, wasmExec] = process.argv.slice(2);
const module = await WebAssembly.compile(readFileSync(file));
// eslint-disable-next-line no-debugger -- breakpoints are set while the program stands here, compiled and not run
debugger;
if (wasmExec) {
  const require = createRequire(import.meta.url);
  Object.assign(globalThis, { require, fs: require("node:fs"), path: require("node:path") });
  require(wasmExec);
  const go = new globalThis.Go();
  go.exit = (code) => process.exit(code);
  const instance = await WebAssembly.instantiate(module, go.importObject);
  setImmediate(() => void go.run(instance));
} else {
  const wasi = new WASI({ version: "preview1", returnOnExit: true });
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
  setImmediate(() => {
    if (!("_initialize" in instance.exports)) process.exit(wasi.start(instance));
    wasi.initialize(instance);
    for (const [name, ...values] of JSON.parse(process.env.CALLS ?? "[]")) instance.exports[name](...values);
  });
}
