// V8's own stops, without a debugger around them: how long one takes, and how long memory takes to read as VS Code's own debugger does.
// As a script: `node bare-stop.cjs <module> <first offset> <second offset> <export> <JSON of arguments>` prints JSON with milliseconds from
// the first stop, at which it is sent on, to the second, and of a 64 KB memory read there.
const { writeSync } = require("node:fs");
const { isMainThread, workerData } = require("node:worker_threads");
const { bareRun, compileUnderSession, gates, open, openSession } = require("./bare-session.cjs");

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** `{ toStop, memoryRead }`, medians over the rounds. */
function bareStop(program, first, second, entry, args, rounds) {
  const found = Array.from({ length: rounds }, () =>
    JSON.parse(bareRun(__filename, [program, first, second, entry, JSON.stringify(args)], 60_000)),
  );
  return { toStop: median(found.map(({ toStop }) => toStop)), memoryRead: median(found.map(({ memoryRead }) => memoryRead)) };
}

async function debug({ gate, offsets }) {
  // A session alone does not keep the worker alive.
  setInterval(() => undefined, 1000);
  const { session, post, scriptId } = await openSession(gate);
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

function run(path, offsets, entry, args) {
  const { module } = compileUnderSession(__filename, path, { offsets });
  new WebAssembly.Instance(module, {}).exports[entry](...args);
}

if (!isMainThread && workerData?.gate) void debug(workerData);
else if (require.main === module) run(process.argv[2], process.argv.slice(3, 5).map(Number), process.argv[5], JSON.parse(process.argv[6]));

module.exports = { bareStop };
