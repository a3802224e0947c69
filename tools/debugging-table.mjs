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
const corpus = "test/debug-adapter/corpus-stops.sweep.test.ts";

/** Feature to the test files that show it. */
const features = {
  "breakpoints on lines and columns": ["test/debug-adapter/breakpoints.test.ts", "test/debug-adapter/breakpoint-places.test.ts"],
  "line tables and functions as llvm-dwarfdump prints them": [
    "test/core/dwarf/line-table.test.ts",
    "test/debug-adapter/symbols/dwarf.test.ts",
  ],
  "source maps": ["test/debug-adapter/symbols/source-map.test.ts"],
  "source steps": ["test/debug-adapter/stepping.test.ts"],
  "traps and errors": ["test/debug-adapter/exceptions.test.ts"],
  "damaged debug information": ["test/debug-adapter/symbols/damaged.long.test.ts", "test/core/dwarf/damaged.long.test.ts"],
};

const argument = process.argv.slice(2).find((value) => !value.startsWith("--"));
const results = argument === undefined ? measured() : JSON.parse(readFileSync(argument, "utf8"));
const byFile = new Map(results.testResults.map((file) => [relative(root, file.name), file.assertionResults]));

const before = readFileSync(page, "utf8");
const text = replaced(replaced(before, "languages", languageTable()), "features", featureTable());
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
    const files = [corpus, ...Object.values(features).flat()];
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

function languageTable() {
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
    ["feature", "tests that pass"],
    Object.entries(features).map(([name, files]) => {
      const tests = files.flatMap((file) => byFile.get(file) ?? []);
      if (tests.length === 0) throw new Error(`the report has no results of ${files.join(", ")}`);
      return [name, `${tests.filter(({ status }) => status === "passed").length} of ${tests.length}`];
    }),
  );
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
