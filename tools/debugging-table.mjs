// Writes the tables of docs/debugging.md from the tests that pass: `node tools/debugging-table.mjs [--check] [report.json]`.
// The report is vitest's (`vitest run --reporter=json`); without one the tests that the tables speak of are run. With `--check` nothing is
// written, and a difference is an error.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs/debugging.md");
const corpus = "test/debug-adapter/corpus-stops.long.test.ts";

const everyLanguage = "test/debug-adapter/every-language.long.test.ts";
const panics = "test/debug-adapter/exceptions/panics.long.test.ts";
const traps = "test/debug-adapter/exceptions.test.ts";
const effects = "test/debug-adapter/expressions/effects.long.test.ts";
const compiler = "test/debug-adapter/expressions/compiler.long.test.ts";

/** Language to what names it in the names of tests. */
const languages = {
  C: /(^| )C(,| |$)|\bc\/prog/,
  "C++": /C\+\+(,| |$)|std::terminate/,
  Rust: /\bRust\b/,
  Zig: /\bZig\b/,
  TinyGo: /\bTinyGo\b/,
  AssemblyScript: /\bAssemblyScript\b/,
  WAT: /\bWAT\b|WebAssembly/,
};

/** Feature to the files that show it, and what a test's name must hold; `of`: where the name of the language is not in the test's name. */
const features = {
  "stops at lines, with callers": [
    [corpus, /stops at /],
    [everyLanguage, /a condition stops/],
  ],
  "values, as the program computes them": [
    [corpus, /stops at /],
    ["test/debug-adapter/symbols/wat.test.ts", /scopes/, "WAT"],
  ],
  "conditions, hit counts, log points": [[everyLanguage, /a condition stops|a log point|a hit count/]],
  "steps over, into and out": [
    [everyLanguage, /a step over/],
    ["test/debug-adapter/stepping.test.ts", /by line in C/],
  ],
  "expressions, compared with the compiler": [[compiler, /values, types and sizes/]],
  "assignments and calls": [[effects, /./]],
  "panics, aborts and traps": [
    [panics, /stops once/],
    [traps, /stops where it happens/],
    [traps, /an import that nothing provides/, "WAT"],
  ],
};

const argument = process.argv.slice(2).find((value) => !value.startsWith("--"));
const results = argument === undefined ? measured() : JSON.parse(readFileSync(argument, "utf8"));
const byFile = new Map(results.testResults.map((file) => [relative(root, file.name), file.assertionResults]));

const before = readFileSync(page, "utf8");
const text = replaced(replaced(before, "languages", moduleTable()), "features", featureTable());
if (text !== before) {
  if (process.argv.includes("--check")) {
    console.error("docs/debugging.md is not what the tests say\nrun: node tools/debugging-table.mjs");
    process.exitCode = 1;
  } else writeFileSync(page, text);
}

function measured() {
  const folder = mkdtempSync(join(tmpdir(), "debugging-table-"));
  try {
    const report = join(folder, "report.json");
    const files = [corpus, ...new Set(Object.values(features).flatMap((rows) => rows.map(([file]) => file)))];
    spawnSync(
      process.execPath,
      [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json", `--outputFile=${report}`, ...files],
      {
        cwd: root,
        timeout: 15 * 60_000,
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
    return JSON.parse(readFileSync(report, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function moduleTable() {
  const modules = new Map();
  for (const { ancestorTitles, title, status } of byFile.get(corpus) ?? []) {
    // vitest quotes what stands in place of a name.
    const name = ancestorTitles[0].replaceAll("'", "");
    if (!title.startsWith("stops at ")) continue;
    const known = modules.get(name) ?? { passed: 0, all: 0 };
    modules.set(name, { passed: known.passed + (status === "passed" ? 1 : 0), all: known.all + 1 });
  }
  if (modules.size === 0) throw new Error(`the report has no results of ${corpus}`);
  return table(
    ["module", "marked lines stopped at, with their callers and values"],
    [...modules].map(([name, { passed, all }]) => [name, `${passed} of ${all}`]),
  );
}

function featureTable() {
  return table(
    ["feature", ...Object.keys(languages)],
    Object.entries(features).map(([name, rows]) => [name, ...Object.keys(languages).map((language) => shown(rows, language))]),
  );
}

/** A feature is there where tests show it, and all of them pass. */
function shown(rows, language) {
  const statuses = rows.flatMap(([file, title, of]) => {
    const tests = byFile.get(file);
    if (!tests) throw new Error(`the report has no results of ${file}`);
    return tests
      .filter((test) => title.test(test.title))
      .filter((test) =>
        of === undefined ? languages[language].test([...test.ancestorTitles, test.title].join(" ").replaceAll("'", "")) : of === language,
      )
      .map(({ status }) => status);
  });
  return statuses.length > 0 && statuses.every((status) => status === "passed") ? "yes" : "";
}

/** As prettier formats it. */
function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function replaced(whole, name, inner) {
  const begin = `<!-- ${name}: written by tools/debugging-table.mjs -->`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [whole.indexOf(begin), whole.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/debugging.md has no place for ${name}`);
  return `${whole.slice(0, from + begin.length)}\n\n${inner}\n\n${whole.slice(to)}`;
}
