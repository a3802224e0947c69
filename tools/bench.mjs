// Runs every test/bench/*.bench.mjs on the built programs and prints what they measured. `npm run bench [-- --only NAME] [-- --write]`
//
// A bench is a script that prints one JSON object a line: { name, input, value, unit, limit? }. `value` is compared with `limit`
// (at most; same unit); a bench that exits otherwise than with 0, or prints nothing, has failed. `--write` renews docs/benchmarks.md,
// where a figure over its limit is marked as one; with `--only` it renews the rows of those benches alone.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, type as osType } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "test/bench");
const path = join(root, "docs/benchmarks.md");
const only = valueOf("--only");
const TIME_LIMIT_MS = 10 * 60_000;

const scripts = readdirSync(folder).filter((name) => name.endsWith(".bench.mjs") && name.includes(only ?? ""));
if (scripts.length === 0) fail(`no bench in test/bench${only ? ` has "${only}" in its name` : ""}`);

/** @type {{ script: string, name: string, input: string, value: number, unit: string, limit?: number }[]} */
const figures = [];
let failures = 0;
/** Benches that measured nothing, as their input is missing or they broke. */
let silent = 0;
for (const script of scripts) {
  const run = spawnSync(process.execPath, [join(folder, script)], {
    cwd: root,
    encoding: "utf8",
    timeout: TIME_LIMIT_MS,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const measured = run.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => ({ script, ...JSON.parse(line) }));
  for (const figure of measured) console.log(describe(figure));
  figures.push(...measured);
  const hasRun = run.status === 0 && measured.length > 0;
  // One that misses limits exits with 1 for all of them.
  failures += Math.max(measured.filter(isOver).length, hasRun ? 0 : 1);
  if (hasRun) continue;
  if (measured.length === 0) silent++;
  console.log(`${script}: failed (${run.error?.message ?? `exit code ${run.status}`}${measured.length === 0 ? ", measured nothing" : ""})`);
}

if (process.argv.includes("--write")) {
  if (silent > 0) fail("docs/benchmarks.md is written only after a run in which every bench measured something");
  writeFileSync(path, await format(page(), { ...(await resolveConfig(path)), parser: "markdown" }));
}
console.log(`${figures.length} figures, ${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;

function isOver({ value, limit }) {
  return limit !== undefined && !(value <= limit);
}

/** A limit that is a fraction, to two digits behind the point. */
function rounded(limit) {
  return Math.round(limit * 100) / 100;
}

function describe(figure) {
  const limit = figure.limit === undefined ? "" : ` (limit ${rounded(figure.limit)} ${figure.unit})${isOver(figure) ? " OVER" : ""}`;
  return `${figure.name}: ${figure.value} ${figure.unit}${limit}, ${figure.input}`;
}

function page() {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() || "unknown processor"}, ${osType()} ${release()}, Node ${process.version}`;
  return `# Benchmarks

Measured by \`npm run bench -- --write\`, which writes this page; it fails when a limit is missed, which is marked, or an input is not there.
Times are wall clock at the programs' standard input and output, as an editor sees them.

Machine: ${machine}.

| figure | measured | limit | input | command |
| --- | --- | --- | --- | --- |
${rows().join("\n")}
`;
}

/** In the order of the benches' names; of those that were not run the page's own. */
function rows() {
  const measured = figures.map(
    (f) =>
      `| ${f.name} | ${f.value} ${f.unit}${isOver(f) ? " **over**" : ""} | ${f.limit === undefined ? "" : `${rounded(f.limit)} ${f.unit}`} | ${f.input} | \`${commandOf(f.script)}\` |`,
  );
  const ran = new Set(scripts.map(commandOf));
  const kept = only === undefined ? [] : tableRows(readFileSync(path, "utf8")).filter((row) => !ran.has(commandIn(row)));
  return [...kept, ...measured].toSorted((a, b) => (commandIn(a) < commandIn(b) ? -1 : commandIn(a) > commandIn(b) ? 1 : 0));
}

function commandOf(script) {
  return `npm run bench -- --only ${script.replace(".bench.mjs", "")}`;
}

function commandIn(row) {
  return /`([^`]*)` *\|$/.exec(row)?.[1] ?? "";
}

function tableRows(text) {
  return text.split("\n").filter((line) => commandIn(line).startsWith("npm run bench"));
}

function valueOf(option) {
  const at = process.argv.indexOf(option);
  return at < 0 ? undefined : process.argv[at + 1];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
