// A module of 135 MB with 42 MB of DWARF: the first breakpoint, further lines, what a stop shows, names, memory; @vscode/dwarf-debugging beside it.
// `node test/bench/debug-dwarf.bench.mjs`
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DebugSession, lineOf, peakMegabytes, percentile, report } from "./support/debug-session.mjs";
import { largeModule } from "./support/large-module.mjs";
import { rivalFigures } from "./support/rival.mjs";
import { dwarfSymbolsOf } from "./support/symbols.mjs";

const rounds = 5;
const { module, source, probe } = largeModule();
const inputName = "135 MB of generated C, 42 MB of it DWARF 4";
const line = lineOf(source, probe) + 9;
/** Of other functions of the file. */
const others = Array.from({ length: 200 }, (_, at) => line + 36 * (at + 1));

/** The adapter keeps what it has read of large modules in the user's folder for such things; this is another one. */
const cache = mkdtempSync(join(tmpdir(), "go-wasm-bench-"));
for (const name of ["XDG_CACHE_HOME", "LOCALAPPDATA"]) process.env[name] = cache;
const kept = join(cache, "go-wasm/dwarf");

const first = [];
const rests = [];
let session;
for (let round = 0; round < rounds; round++) {
  rmSync(kept, { recursive: true, force: true });
  first.push(await launched());
  // The lines of the file are known by now.
  const again = performance.now();
  await verified([line, ...others]);
  rests.push((performance.now() - again) / others.length);
}
report("large module: launch to first verified breakpoint, median", inputName, percentile(first, 0.5), "ms", 1000);
report("large module: each further breakpoint with its setting in the engine", inputName, percentile(rests, 0.5), "ms");
while (!existsSync(kept) || readdirSync(kept).length === 0) await setTimeout(100);
const next = [];
for (let round = 0; round < rounds; round++) next.push(await launched());
report("large module: the same at the next launch, median", inputName, percentile(next, 0.5), "ms", 1000);
await perLine();

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
report(`large module: ${variables} variables of the first stop`, inputName, performance.now() - shown, "ms", 20);
const asked = performance.now();
const unknown = session.request("evaluate", { expression: "no_such_name", frameId: stackFrames[0].id, context: "watch" });
await unknown.catch(() => undefined);
report("large module: the first unknown name in a watch", inputName, performance.now() - asked, "ms", 100);
report("large module: peak memory of the adapter", inputName, peakMegabytes(session.process.pid), "MB", 300);
await session.end();
rmSync(cache, { recursive: true, force: true });

const rival = await rivalFigures(module, basename(source), [line, ...others]);
if (rival) {
  const by = "the same; @vscode/dwarf-debugging 0.0.2";
  report("large module: rival to the first line's offsets, without a launch", by, rival.toFirstLine, "ms");
  report("large module: rival, a further line's offsets", by, rival.perLine, "ms");
  report(`large module: rival, listing ${rival.variables} variables`, by, rival.listed, "ms");
  report("large module: rival, value of each variable, memory at hand", by, rival.perVariable, "ms");
  report("large module: rival, peak memory", by, rival.memory, "MB");
}

/** Milliseconds of a launch in a new adapter until its first breakpoint is verified. */
async function launched() {
  await session?.end();
  session = new DebugSession();
  await session.request("threads");
  const started = performance.now();
  await session.request("initialize", { adapterID: "wasm", linesStartAt1: true, columnsStartAt1: true, pathFormat: "path" });
  const launch = session.request("launch", { program: module, host: "none", invoke: { export: "run", args: [850] } });
  await Promise.all([launch, session.event("initialized")]);
  await verified([line]);
  return performance.now() - started;
}

async function verified(lines) {
  const { breakpoints } = await session.request("setBreakpoints", {
    source: { path: source },
    breakpoints: lines.map((at) => ({ line: at })),
  });
  const refused = breakpoints.find((breakpoint) => !breakpoint.verified);
  if (refused) throw new Error(`line ${refused.line} was refused: ${refused.message}`);
}

/** What the adapter takes to find the places of a line, the engine and the protocol left aside. */
async function perLine() {
  const symbols = await dwarfSymbolsOf(module);
  const [file] = (await symbols.sources()).filter(({ name }) => name.endsWith(basename(source)));
  await symbols.offsetsOf(file, line);
  const lines = Array.from({ length: 2_000 }, (_, at) => line + 11 * at);
  const begin = performance.now();
  for (const at of lines) {
    if (!(await symbols.offsetsOf(file, at))) throw new Error(`line ${at} has no code`);
  }
  report("large module: a further line's offsets", inputName, (performance.now() - begin) / lines.length, "ms", 0.1);
}
