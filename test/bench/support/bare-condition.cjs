// V8's own breakpoint with the condition `false`: how long a module runs that comes by it again and again.
// As a script: `node bare-condition.cjs <module> <offset> <export> <JSON of arguments>` prints milliseconds; `_start` gets them as the program's arguments.
const { writeSync } = require("node:fs");
const { isMainThread, workerData } = require("node:worker_threads");
const { bareRun, compileUnderSession, gates, open, openSession } = require("./bare-session.cjs");

/** Cells at which the threads wait when the program has run. */
const ends = { over: gates.count, closed: gates.count + 1 };

/** Milliseconds that the program runs, in a process of its own. */
function bareTime(program, offset, entry, args) {
  return Number(bareRun(__filename, [program, offset, entry, JSON.stringify(args)], 120_000));
}

async function setBreakpoint({ gate, offset }) {
  let session;
  // A session alone does not keep the worker alive; one that is left would keep the process from its end.
  setInterval(() => {
    if (Atomics.load(gate, ends.over) === 0) return;
    session.disconnect();
    open(gate, ends.closed);
  }, 20);
  const opened = await openSession(gate);
  session = opened.session;
  await opened.post("Debugger.setBreakpoint", {
    location: { scriptId: opened.scriptId, lineNumber: 0, columnNumber: offset },
    condition: "false",
  });
  open(gate, gates.set);
}

function run(path, offset, entry, args) {
  const { module, gate } = compileUnderSession(__filename, path, { offset });
  const { WASI } = require("node:wasi");
  const wasi = new WASI({ version: "preview1", args: ["program", ...args.map(String)], returnOnExit: true });
  const instance = new WebAssembly.Instance(module, wasi.getImportObject());
  const begin = performance.now();
  if (entry === "_start") wasi.start(instance);
  else instance.exports[entry](...args);
  const time = performance.now() - begin;
  writeSync(1, `${time}\n`);
  open(gate, ends.over);
  Atomics.wait(gate, ends.closed, 0, 1000);
  process.exit(0);
}

if (!isMainThread && workerData?.gate) void setBreakpoint(workerData);
else if (require.main === module) run(process.argv[2], Number(process.argv[3]), process.argv[4], JSON.parse(process.argv[5]));

module.exports = { bareTime };
