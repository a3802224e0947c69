// V8's own breakpoint with the condition `false`: how long a module runs that comes by it again and again.
// As a script: `node bare-condition.cjs <module> <offset> <export> <JSON of arguments>` prints milliseconds; `_start` gets them as the program's arguments.
const { spawnSync } = require("node:child_process");
const { readFileSync, writeSync } = require("node:fs");
const { Session } = require("node:inspector");
const { isMainThread, Worker, workerData } = require("node:worker_threads");

const script = __filename;

/** Cells at which one thread waits for the other. */
const gates = { enabled: 0, set: 1, over: 2, closed: 3 };

/** Milliseconds that the program runs, in a process of its own. */
function bareTime(program, offset, entry, args) {
  const child = spawnSync(process.execPath, ["--no-warnings", script, program, String(offset), entry, JSON.stringify(args)], {
    encoding: "utf8",
    timeout: 120_000,
  });
  const time = Number(child.stdout);
  if (child.status !== 0 || !(time > 0)) throw new Error(`the bare run of ${program} failed: ${child.stderr}`);
  return time;
}

/** The inspector's session is in a worker, as in the debug adapter's debuggee. */
async function setBreakpoint({ gate, offset }) {
  const session = new Session();
  session.connectToMainThread();
  // A session alone does not keep the worker alive; one that is left would keep the process from its end.
  setInterval(() => {
    if (Atomics.load(gate, gates.over) === 0) return;
    session.disconnect();
    open(gate, gates.closed);
  }, 20);
  const post = (method, params) =>
    new Promise((resolve, reject) => session.post(method, params, (error, result) => (error ? reject(error) : resolve(result))));
  const parsed = new Promise((resolve) => {
    session.on("inspectorNotification", ({ method, params }) => {
      if (method === "Debugger.scriptParsed" && params.scriptLanguage === "WebAssembly") resolve(params.scriptId);
    });
  });
  await post("Debugger.enable", { maxScriptsCacheSize: 0 });
  open(gate, gates.enabled);
  const scriptId = await parsed;
  await post("Debugger.setBreakpoint", { location: { scriptId, lineNumber: 0, columnNumber: offset }, condition: "false" });
  open(gate, gates.set);
}

function open(gate, at) {
  Atomics.store(gate, at, 1);
  Atomics.notify(gate, at);
}

/** In short turns: the inspector is served between them. */
function waitAt(gate, at) {
  while (Atomics.load(gate, at) === 0) Atomics.wait(gate, at, 0, 5);
}

function run(path, offset, entry, args) {
  const gate = new Int32Array(new SharedArrayBuffer(16));
  new Worker(script, { workerData: { gate, offset } }).unref();
  waitAt(gate, gates.enabled);
  const module = new WebAssembly.Module(readFileSync(path));
  waitAt(gate, gates.set);
  const { WASI } = require("node:wasi");
  const wasi = new WASI({ version: "preview1", args: ["program", ...args.map(String)], returnOnExit: true });
  const instance = new WebAssembly.Instance(module, wasi.getImportObject());
  const begin = performance.now();
  if (entry === "_start") wasi.start(instance);
  else instance.exports[entry](...args);
  const time = performance.now() - begin;
  writeSync(1, `${time}\n`);
  Atomics.store(gate, gates.over, 1);
  Atomics.wait(gate, gates.closed, 0, 1000);
  process.exit(0);
}

if (!isMainThread && workerData?.gate) void setBreakpoint(workerData);
else if (require.main === module) run(process.argv[2], Number(process.argv[3]), process.argv[4], JSON.parse(process.argv[5]));

module.exports = { bareTime };
