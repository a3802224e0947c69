/** Every fix is carried out, and the installed Go compiles what comes of it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { recipes } from "#core/go/fixes/index.ts";
import { goRules } from "#core/go/rules/index.ts";
import { generatedCases, goldenCases, type CorpusCase } from "../../../server/go/corpus.ts";
import { compilerErrors } from "./go-build.ts";
import { outcomesOf } from "./repair.ts";

const pairs = readFileSync(fileURLToPath(new URL("../../../corpus/wasmexport/fixes.jsonl", import.meta.url)), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as CorpusCase)
  .filter(({ id }) => id.endsWith("/before"));

/** Names of the files that gofmt would write differently. */
function unformatted(cases: readonly CorpusCase[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-gofmt-"));
  try {
    for (const [index, { files }] of cases.entries()) {
      for (const [path, text] of Object.entries(files)) {
        if (!path.endsWith(".go")) continue;
        const file = join(folder, `c${index}`, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
    const listed = spawnSync("gofmt", ["-l", folder], { timeout: 60_000 });
    expect(listed.stderr.toString()).toBe("");
    return listed.stdout
      .toString()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => `${cases[Number(/\/c([0-9]+)\//u.exec(line)![1])]!.id}: ${line.slice(folder.length).replace(/^\/c[0-9]+\//u, "")}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("recipes", () => {
  test("there is one for every rule", () => {
    const codes = new Set(recipes.flatMap((recipe) => recipe.codes));
    expect(goRules.filter(({ code }) => !codes.has(code))).toEqual([]);
  });

  test("the pairs of the corpus: each fix ends in a package that compiles and that gofmt leaves alone", () => {
    const { outcomes, complaints } = outcomesOf(pairs);
    expect(pairs).toHaveLength(35);
    expect(complaints).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(35);
    expect([...compilerErrors(outcomes)]).toEqual([]);
    const sources = new Set(unformatted(pairs));
    expect(unformatted(outcomes).filter((name) => !sources.has(name.replace(/ .*: /u, ": ")))).toEqual([]);
  });

  test("golden cases", () => {
    const { outcomes, complaints } = outcomesOf(goldenCases());
    expect(complaints).toEqual([]);
    expect([...compilerErrors(outcomes)]).toEqual([]);
  });

  // All 2000 are compiled by test/soak/go-fixes.ts.
  const all = generatedCases();

  test("generated cases: each problem has one preferred fix, and nothing is left in the end", () => {
    expect(outcomesOf(all.filter((_, index) => index % 4 === 0)).complaints).toEqual([]);
  });

  test("generated cases, compiled", () => {
    const { outcomes } = outcomesOf(all.filter((_, index) => index % 25 === 0));
    expect(outcomes.length).toBeGreaterThan(40);
    expect([...compilerErrors(outcomes)]).toEqual([]);
  });
});
