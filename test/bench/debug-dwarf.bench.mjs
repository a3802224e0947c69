// A module of 135 MB with 42 MB of DWARF: the first breakpoint, further lines, what a stop shows, memory. `node test/bench/debug-dwarf.bench.mjs`
import { readFileSync } from "node:fs";
import { DebugSession, lineOf, percentile, report } from "./support/debug-session.mjs";
import { largeModule } from "./support/large-module.mjs";

const rounds = 5;
const { module, source, probe } = largeModule();
const inputName = "135 MB of generated C, 42 MB of it DWARF 4";
const begin = lineOf(source, probe);
const line = begin + 9;

const first = [];
const rests = [];
let session;
for (let round = 0; round < rounds; round++) {
  await session?.end();
  session = new DebugSession();
  await session.request("threads");
  const started = performance.now();
  await session.request("initialize", { adapterID: "wasm", linesStartAt1: true, columnsStartAt1: true, pathFormat: "path" });
  const launched = session.request("launch", { program: module, host: "none", invoke: { export: "run", args: [850] } });
  await Promise.all([launched, session.event("initialized")]);
  await verified([line]);
  first.push(performance.now() - started);
  // Lines of other functions of the file, whose lines are known by now.
  const others = Array.from({ length: 200 }, (_, at) => line + 36 * (at + 1));
  const again = performance.now();
  await verified([line, ...others]);
  rests.push((performance.now() - again) / others.length);
}
report("large module: launch to first verified breakpoint, median", inputName, percentile(first, 0.5), "ms", 1000);
report("large module: each further breakpoint with its setting in the engine", inputName, percentile(rests, 0.5), "ms");

await verified([line]);
await session.request("setExceptionBreakpoints", { filters: [] });
await session.request("configurationDone");
await session.event("stopped");
const stopped = performance.now();
const { stackFrames } = await session.request("stackTrace", { threadId: 1, levels: 20 });
report("large module: first 20 frames of a stop 800 deep", inputName, performance.now() - stopped, "ms");
const shown = performance.now();
const { scopes } = await session.request("scopes", { frameId: stackFrames[0].id });
let variables = 0;
for (const { variablesReference } of scopes) variables += (await session.request("variables", { variablesReference })).variables.length;
report(`large module: ${variables} variables of a stop`, inputName, performance.now() - shown, "ms", 20);
report("large module: peak memory of the adapter", inputName, peakMegabytes(session.process.pid), "MB", 300);
await session.end();

async function verified(lines) {
  const { breakpoints } = await session.request("setBreakpoints", {
    source: { path: source },
    breakpoints: lines.map((at) => ({ line: at })),
  });
  const refused = breakpoints.find((breakpoint) => !breakpoint.verified);
  if (refused) throw new Error(`line ${refused.line} was refused: ${refused.message}`);
}

/** What Linux has counted of the process at most. */
function peakMegabytes(pid) {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(peak) / 1024;
}
