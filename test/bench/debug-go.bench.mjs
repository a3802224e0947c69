// Go programs: F5 after an edit beside `go build`, and starts and steps beside Delve on the native build. `node test/bench/debug-go.bench.mjs`
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DebugSession, input, markedLine, percentile, report } from "./support/debug-session.mjs";
import { buildForDelve, delveLaunch, delveSession } from "./support/delve.mjs";

const edits = 7;
const starts = 15;
const steps = 200;

const folder = mkdtempSync(join(tmpdir(), "go-wasm-bench-"));
try {
  await edited();
  await built();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** From F5 to the first stop when a line of the main package has changed, and what `go build` alone takes after such a change. */
async function edited() {
  const name = "a module of 3 packages that imports fmt";
  const copy = join(folder, "packages");
  cpSync(input("test/debug-adapter/delve/programs/packages"), copy, { recursive: true });
  const main = join(copy, "main.go");
  const text = readFileSync(main, "utf8");
  const line = text.split("\n").findIndex((content) => content.includes("shop.Cart{")) + 1;
  const debugging = [];
  const building = [];
  // The first round fills the caches.
  for (let round = 0; round <= edits; round++) {
    const edit = (kind) => writeFileSync(main, text.replace("1.5", `1.${round}${kind}`));
    edit(1);
    building.push(timed(() => goBuild(copy, join(folder, "plain.wasm"))));
    edit(2);
    const session = new DebugSession();
    await session.request("threads");
    const begin = performance.now();
    await session.stopAt({ mode: "debug", program: copy }, main, line);
    debugging.push(performance.now() - begin);
    await session.end();
  }
  const plain = percentile(building.slice(1), 0.5);
  report("go build for wasip1 after an edit, median", name, plain, "ms");
  report("F5 after an edit to the first stop, median", name, percentile(debugging.slice(1), 0.5), "ms", Math.round(plain * 1.5 + 700));
}

/** A program that is built already: starts and steps. */
async function built() {
  const source = input("test/corpus/debug/delve/hot");
  const main = join(source, "main.go");
  const line = markedLine(main, "loop");
  const native = join(folder, "hot");
  buildForDelve(source, native);
  const debuggers = [
    { who: "ours", open: () => new DebugSession(), launch: { mode: "debug", program: source }, limits: { start: 600, step: 8, shown: 15 } },
    { who: "Delve, natively", open: delveSession, launch: delveLaunch(native), limits: {} },
  ];
  for (const { who, open, launch, limits } of debuggers) {
    const times = [];
    for (let count = 0; count <= starts; count++) {
      const session = await open();
      const begin = performance.now();
      await session.stopAt(launch, main, line);
      times.push(performance.now() - begin);
      await session.end();
    }
    report(`launch of a built Go program to the first stop, median (${who})`, "hot", percentile(times.slice(1), 0.5), "ms", limits.start);
    await stepping(who, await open(), launch, main, line, limits);
  }
}

async function stepping(who, session, launch, main, line, limits) {
  await session.stopAt(launch, main, line);
  await session.request("setBreakpoints", { source: { path: main }, breakpoints: [] });
  const { threads } = await session.request("threads");
  const threadId = threads.find(({ name }) => name.includes("main.main"))?.id ?? threads[0].id;
  const stepped = [];
  const shown = [];
  for (let count = 0; count < steps; count++) {
    const begin = performance.now();
    await session.request(count % 2 === 0 ? "next" : "stepIn", { threadId });
    await session.event("stopped");
    stepped.push(performance.now() - begin);
    const { stackFrames } = await session.request("stackTrace", { threadId, startFrame: 0, levels: 20 });
    const { scopes } = await session.request("scopes", { frameId: stackFrames[0].id });
    for (const { variablesReference } of scopes) await session.request("variables", { variablesReference });
    shown.push(performance.now() - begin);
  }
  await session.end();
  report(`Go step, median (${who})`, "hot", percentile(stepped, 0.5), "ms", limits.step);
  report(`Go step with stack and variables, median (${who})`, "hot", percentile(shown, 0.5), "ms", limits.shown);
}

function goBuild(source, file) {
  const env = { ...process.env, GOOS: "wasip1", GOARCH: "wasm" };
  execFileSync("go", ["build", "-o", file, "."], { cwd: source, env, stdio: ["ignore", "ignore", "inherit"] });
}

function timed(work) {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
