// V8's own stops, without a debugger around them: how long one takes, and how long memory takes to read as VS Code's own debugger does.
// As a script: `node bare-stop.cjs <module> <first offset> <second offset> <export> <JSON of arguments>` prints JSON with milliseconds from
// the first stop, at which it is sent on, to the second, and of a 64 KB memory read there. The inspector's session is in a worker of the same process.
const { spawnSync } = require("node:child_process");
const { readFileSync, writeSync } = require("node:fs");
const { Session } = require("node:inspector");
const { isMainThread, Worker, workerData } = require("node:worker_threads");

const script = __filename;

/** Cells at which one thread waits for the other. */
const gates = { enabled: 0, set: 1 };

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** `{ toStop, memoryRead }`, medians over the rounds. */
function bareStop(program, first, second, entry, args, rounds) {
  const found = Array.from({ length: rounds }, () => {
    const child = spawnSync(
      process.execPath,
      ["--no-warnings", script, program, String(first), String(second), entry, JSON.stringify(args)],
      {
        encoding: "utf8",
        timeout: 60_000,
      },
    );
    if (child.stdout === "") throw new Error(`the bare run of ${program} failed: ${child.stderr}`);
    return JSON.parse(child.stdout);
  });
  return { toStop: median(found.map(({ toStop }) => toStop)), memoryRead: median(found.map(({ memoryRead }) => memoryRead)) };
}

async function debug({ gate, offsets }) {
  const session = new Session();
  session.connectToMainThread();
  // A session alone does not keep the worker alive.
  setInterval(() => undefined, 1000);
  const post = (method, params) =>
    new Promise((resolve, reject) => session.post(method, params, (error, result) => (error ? reject(error) : resolve(result))));
  const parsed = new Promise((resolve) => {
    session.on("inspectorNotification", ({ method, params }) => {
      if (method === "Debugger.scriptParsed" && params.scriptLanguage === "WebAssembly") resolve(params.scriptId);
    });
  });
  const pauses = [];
  let wake;
  session.on("Debugger.paused", ({ params }) => {
    pauses.push(params);
    wake?.();
  });
  const paused = async () => {
    while (pauses.length === 0) await new Promise((resolve) => (wake = resolve));
    return pauses.shift();
  };
  await post("Debugger.enable", { maxScriptsCacheSize: 0 });
  open(gate, gates.enabled);
  const scriptId = await parsed;
  for (const columnNumber of new Set(offsets))
    await post("Debugger.setBreakpoint", { location: { scriptId, lineNumber: 0, columnNumber } });
  open(gate, gates.set);
  await paused();
  const begin = performance.now();
  await post("Debugger.resume");
  const { callFrames } = await paused();
  const toStop = performance.now() - begin;
  const reading = performance.now();
  await post("Debugger.evaluateOnCallFrame", {
    callFrameId: callFrames[0].callFrameId,
    expression: "[].slice.call(new Uint8Array(memories[0].buffer, 1024, 65536))",
    returnByValue: true,
    silent: true,
  });
  writeSync(1, JSON.stringify({ toStop, memoryRead: performance.now() - reading }));
  process.kill(process.pid, "SIGKILL");
}

function open(gate, at) {
  Atomics.store(gate, at, 1);
  Atomics.notify(gate, at);
}

/** In short turns: the inspector is served between them. */
function waitAt(gate, at) {
  while (Atomics.load(gate, at) === 0) Atomics.wait(gate, at, 0, 5);
}

function run(path, offsets, entry, args) {
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const debuggerThread = new Worker(script, { workerData: { gate, offsets } });
  debuggerThread.unref();
  waitAt(gate, gates.enabled);
  const module = new WebAssembly.Module(readFileSync(path));
  waitAt(gate, gates.set);
  new WebAssembly.Instance(module, {}).exports[entry](...args);
}

if (!isMainThread && workerData?.gate) void debug(workerData);
else if (require.main === module) run(process.argv[2], process.argv.slice(3, 5).map(Number), process.argv[5], JSON.parse(process.argv[6]));

module.exports = { bareStop };
