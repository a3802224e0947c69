// A Go program of 20 MB that others wrote: how long after its build it stops at a breakpoint, how long a step in a function of 1400 lines takes,
// and how much memory the adapter has taken. `node test/bench/debug-large.bench.mjs`; it fetches the program through Go's module proxy.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, closeSync, cpSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DebugSession, percentile, report } from "./support/debug-session.mjs";

const module = "github.com/evanw/esbuild";
const version = "v0.25.12";
const rounds = 3;

const folder = mkdtempSync(join(tmpdir(), "go-wasm-bench-"));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const source = fetched();
  const main = join(source, "cmd/esbuild");
  const parser = join(source, "internal/js_parser/js_parser.go");
  const line =
    readFileSync(parser, "utf8")
      .split("\n")
      .findIndex((text) => text.startsWith("func (p *parser) parseStmt(")) + 2;
  const stdin = join(folder, "small.ts");
  writeFileSync(stdin, "let x: number = 1; console.log(x)\n");
  // The first build compiles everything; the next ones replay its listing, as every later F5 does.
  build(main);
  const builds = [];
  const starts = [];
  const steps = [];
  let peak = 0;
  for (let round = 0; round < rounds; round++) {
    builds.push(build(main));
    const session = new DebugSession();
    await session.request("threads");
    const begin = performance.now();
    await session.stopAt({ program: main, args: ["--minify", "--loader=ts"], stdin }, parser, line);
    starts.push(performance.now() - begin);
    for (let step = 0; step < 10; step++) {
      const before = performance.now();
      await session.request("next", { threadId: 1 });
      await session.event("stopped");
      steps.push(performance.now() - before);
    }
    peak = Math.max(peak, peakMemory(session.process.pid));
    await session.end();
  }
  const input = `${module}@${version}`;
  const built = percentile(builds, 0.5);
  report("go build with its listing, 20 MB", input, built, "ms");
  report("launch to first stop less the build, 20 MB", input, percentile(starts, 0.5) - built, "ms", 3000);
  report("next in a function of 1400 lines, median", input, percentile(steps, 0.5), "ms");
  // Only Linux tells.
  if (peak > 0) report("memory of the adapter at most, 20 MB", input, peak, "MB", 400);
}

/** A copy of the module that can be built as the main one. */
function fetched() {
  const { Dir } = JSON.parse(execFileSync("go", ["mod", "download", "-json", `${module}@${version}`], { cwd: folder }).toString());
  const copy = join(folder, "esbuild");
  cpSync(Dir, copy, { recursive: true });
  for (const name of ["", ...readdirSync(copy, { recursive: true })]) {
    const path = join(copy, name);
    chmodSync(path, statSync(path).mode | 0o200);
  }
  return copy;
}

/** Milliseconds of a build with the flags of a launch. */
function build(cwd) {
  const listing = openSync(join(folder, "listing"), "w");
  const env = { ...process.env, GOOS: "wasip1", GOARCH: "wasm", GOFLAGS: "" };
  const begin = performance.now();
  const { status } = spawnSync("go", ["build", `-gcflags=${module}/...=-N -l -S`, "-o", join(folder, "program.wasm"), "."], {
    cwd,
    env,
    stdio: ["ignore", "ignore", listing],
  });
  closeSync(listing);
  if (status !== 0) throw new Error(`${module} does not build`);
  return performance.now() - begin;
}

/** Megabytes. */
function peakMemory(pid) {
  if (process.platform !== "linux") return 0;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}
