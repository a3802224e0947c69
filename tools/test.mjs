// Runs every test on a fresh clone and ends with one line, "N passed, N failed". `npm test [-- --quick] [-- -u]`
//
// Counted are the tests of vitest, those inside the extension host, the UI tests, and each check (types, lint, ...) as one.
// `--quick` leaves out what needs a browser, what builds programs with Go (`*.toolchain.test.ts`), and `*.long.test.ts`.
// `-u` renews goldens; not in CI, where a difference is a failure.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureDelve } from "./delve.mjs";
import { run } from "./e2e/process.mjs";
import { build, pack } from "./package.mjs";
import { ensureBrowser, ensureCodeServer, ensureDependencies, ensureDwarfdump, root, say } from "./setup.mjs";

const quick = process.argv.includes("--quick");
const update = process.argv.includes("-u") || process.argv.includes("--update");
const results = join(root, "build/test");
const modules = join(root, "node_modules");
const tool = {
  tsc: join(modules, "typescript/bin/tsc"),
  oxlint: join(modules, "oxlint/bin/oxlint"),
  prettier: join(modules, "prettier/bin/prettier.cjs"),
  tsx: join(modules, "tsx/dist/cli.mjs"),
  vitest: join(modules, "vitest/vitest.mjs"),
};

/** Colours only where somebody sees them; some tools take CI for a terminal. */
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1" };

const count = { passed: 0, failed: 0 };

/** Lines that wait for the end of a run that shows its progress. */
let waiting;

try {
  if (update && process.env.CI) throw new Error("goldens are not renewed in CI");
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  await runAll();
} catch (error) {
  console.error(error.message);
  count.failed++;
}
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;

async function runAll() {
  await ensureDependencies();
  if (!quick) {
    await ensureBrowser(say);
    await ensureDwarfdump(say);
    // The one waits for the network, the other for the compiler.
    await Promise.all([ensureCodeServer(), ensureDelve(say)]);
  }
  // The checks beside the tests, which wait for something now and then, and of which none measures time.
  const checks = sequence(
    ["types", tool.tsc, "-b"],
    ...(quick ? [] : [["types of the end-to-end tests", tool.tsc, "-p", "test/e2e"]]),
    ["generated files", tool.tsx, "tools/generate.ts", "--check"],
    ["lint", tool.oxlint, "--type-aware"],
    ["format", tool.prettier, "--check", "--cache", "--log-level", "warn", "."],
  );
  const built = await step("build", build);
  // Many of the quick tests wait for processes, and none needs the machine for itself.
  const selection = quick ? ["--project", "plain", "--project", "alone", "--maxWorkers", "3"] : [];
  if (built) await vitest("unit, grammar and protocol tests", "unit", 1800, ...selection);
  await checks;
  if (quick || !built) return;
  if (existsSync(join(results, "unit.json"))) {
    const renewed = update ? [] : ["--check"];
    await check("tables of docs/debugging.md", ["tools/debugging-table.mjs", ...renewed, join(results, "unit.json")]);
  }
  if (!(await step("package", pack))) return;
  await hostTests();
  const failures = count.failed;
  await vitest("UI tests", "ui", 1200, "--config", "test/e2e/vitest.config.ts");
  if (count.failed > failures) console.log("screenshots and logs of failed UI tests are in build/e2e/");
}

async function sequence(...checks) {
  for (const [name, ...args] of checks) await check(name, args);
}

/** A check is one program that says nothing when all is well. */
async function check(name, args) {
  const started = Date.now();
  const { ok, output } = await run(process.execPath, args, { cwd: root, env, limit: 300 });
  tell(name, ok, started);
  if (!ok) print(output);
}

/** A part of the work on which the rest depends. */
async function step(name, work) {
  const started = Date.now();
  try {
    await work();
    tell(name, true, started);
    return true;
  } catch (error) {
    tell(name, false, started);
    print(error.message);
    return false;
  }
}

function print(line) {
  if (waiting) waiting.push(line);
  else console.log(line);
}

/** Runs a program that shows its progress, undisturbed by what others have to say. */
async function showing(args, limit) {
  waiting = [];
  const outcome = await run(process.execPath, args, { cwd: root, env, limit, show: true });
  const lines = waiting;
  waiting = undefined;
  for (const line of lines) console.log(line);
  return outcome;
}

function tell(name, ok, started) {
  count[ok ? "passed" : "failed"]++;
  print(`${ok ? "ok    " : "FAILED"} ${name} (${seconds(started)})`);
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

async function vitest(name, file, limit, ...options) {
  const started = Date.now();
  const report = join(results, `${file}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const args = [tool.vitest, "run", ...options, ...reporters, ...(update ? ["-u"] : [])];
  const { ok } = await showing(args, limit);
  const found = readReport(report, name);
  // A run may fail without a failed test: a file that cannot be loaded, an error outside of any test, the time limit.
  addCounts(name, found?.numPassedTests ?? 0, Math.max(found?.numFailedTests ?? 0, ok ? 0 : 1), started);
}

async function hostTests() {
  const started = Date.now();
  const report = join(results, "in-host.json");
  const { ok } = await showing([tool.tsx, "test/e2e/in-host/run.ts", report], 300);
  const found = readReport(report, "tests in the extension host");
  addCounts("tests in the extension host", found?.stats.passes ?? 0, Math.max(found?.stats.failures ?? 0, ok ? 0 : 1), started);
}

function readReport(file, name) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    print(`${name}: no report was written`);
    return undefined;
  }
}

function addCounts(name, passed, failed, started) {
  const nothing = passed + failed === 0 ? 1 : 0;
  count.passed += passed;
  count.failed += failed + nothing;
  const verdict = failed + nothing === 0 ? "ok    " : "FAILED";
  print(`${verdict} ${name}: ${nothing ? "no test ran" : `${passed} of ${passed + failed}`} (${seconds(started)})`);
}
