// What the bare runs share: a module in the main thread, with the inspector's session in a worker of the same process, as in the debugger's debuggee.
const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { Session } = require("node:inspector");
const { Worker } = require("node:worker_threads");

/** Cells at which one thread waits for the other; those of a script begin behind them. */
const gates = { enabled: 0, set: 1, count: 2 };
const cells = 4;

/** Standard output of `script` in a process of its own. Throws where it prints nothing. */
function bareRun(script, args, timeout) {
  const { stdout, stderr } = spawnSync(process.execPath, ["--no-warnings", script, ...args.map(String)], { encoding: "utf8", timeout });
  if (stdout === "") throw new Error(`the bare run of ${args[0]} failed: ${stderr}`);
  return stdout;
}

/** In the worker: the session, and the script of the module when it has been compiled. */
async function openSession(gate) {
  const session = new Session();
  session.connectToMainThread();
  const post = (method, params) =>
    new Promise((resolve, reject) => session.post(method, params, (error, result) => (error ? reject(error) : resolve(result))));
  const parsed = new Promise((resolve) => {
    session.on("inspectorNotification", ({ method, params }) => {
      if (method === "Debugger.scriptParsed" && params.scriptLanguage === "WebAssembly") resolve(params.scriptId);
    });
  });
  await post("Debugger.enable", { maxScriptsCacheSize: 0 });
  open(gate, gates.enabled);
  return { session, post, scriptId: await parsed };
}

/** In the main thread: the compiled module, when the worker that runs `script` has set what it wants. */
function compileUnderSession(script, path, workerData) {
  const gate = new Int32Array(new SharedArrayBuffer(cells * 4));
  new Worker(script, { workerData: { ...workerData, gate } }).unref();
  waitAt(gate, gates.enabled);
  const module = new WebAssembly.Module(readFileSync(path));
  waitAt(gate, gates.set);
  return { module, gate };
}

function open(gate, at) {
  Atomics.store(gate, at, 1);
  Atomics.notify(gate, at);
}

/** In short turns: the inspector is served between them. */
function waitAt(gate, at) {
  while (Atomics.load(gate, at) === 0) Atomics.wait(gate, at, 0, 5);
}

module.exports = { bareRun, compileUnderSession, gates, open, openSession };
